import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CompiledQuery } from 'kysely';
import { getApproval, listPending } from '../../src/access/approvals/approval.queries.ts';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { listBankAccounts } from '../../src/bank-accounts/bank-account.queries.ts';
import type { EnteredAccount } from '../../src/bank-accounts/bank-account.rules.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { typeCommand } from '../batch/admin/type-command.ts';
import { EURO, accounts } from '../payouts/euro-world.ts';
import { listBrokenInvariants } from '../support/broken-invariants.ts';
import { makeCompany } from '../support/factories.ts';
import { hanako, jiro } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

const japanese = {
  bankCode: '9999',
  bankName: 'ミホン',
  branchCode: '001',
  branchName: 'ホンテン',
  accountType: 'ordinary',
  accountNumber: '1234567',
  accountHolder: 'カ）コンテンツ',
} as const;

/** Inserts a second account of the company, without its use case. */
const copy = (
  values: string,
  columns = 'iban, bic, bank_code, approval_id',
) => `INSERT INTO bank_account (company_id, version,
        bank_name, branch_code, branch_name, account_type, account_number, account_holder, created_at, ${columns})
      SELECT company_id, 2, bank_name, branch_code, branch_name, account_type, account_number, account_holder, created_at, ${values}
      FROM bank_account WHERE version = 1`;

describe('an account in the euro area', () => {
  let world: World;
  let companyCode: string;
  before(async () => {
    world = await createWorld(EURO);
    ({ code: companyCode } = await makeCompany(world.deps));
  });
  after(() => world.close());

  const refused: [what: string, account: EnteredAccount, fault: RegExp][] = [
    [
      'wrong check digits',
      { ...accounts.german, iban: 'DE76512108001245126199' },
      /iban has wrong check digits/,
    ],
    [
      'a length that the country does not have',
      { ...accounts.german, iban: 'DE7551210800124512619' },
      /one of DE has 22/,
    ],
    [
      'a country without euro transfers',
      { ...accounts.german, iban: 'US64SVBKUS6S3300958671' },
      /no euro transfer goes/,
    ],
    [
      'blanks that were left in',
      { ...accounts.german, iban: 'DE75 5121 0800 1245 1261 99' },
      /without blanks/,
    ],
    ['no IBAN', { accountHolder: 'Nobody' }, /iban is missing/],
    ['a BIC of nine', { ...accounts.french, bic: 'PSSTFRPPP' }, /bic is not a BIC/],
    [
      'the BIC of a bank elsewhere',
      { ...accounts.french, bic: 'COBADEFFXXX' },
      /bank in DE, and the IBAN is of FR/,
    ],
    ['no BIC where a transfer needs it', { ...accounts.swiss, bic: '' }, /bic is missing: a transfer to CH/],
    ['a holder of 71 letters', { ...accounts.german, accountHolder: 'a'.repeat(71) }, /accountHolder .*70/],
    [
      'a holder with a letter that banks refuse',
      { ...accounts.german, accountHolder: 'Müller & Söhne' },
      /has &.*write \+/,
    ],
    ['a holder in kana', { ...accounts.german, accountHolder: 'ミホン' }, /has ミ.*Latin letters/],
    ['codes of a Japanese bank', { ...accounts.german, bankCode: '9999' }, /bankCode must be left out/],
    ['a Japanese account', japanese, /iban is missing/],
  ];
  for (const [what, account, fault] of refused) {
    it(`is refused with ${what}`, async () => {
      const input = { companyCode, ...account };
      const proposing = proposeChange(world.deps, hanako, bankAccountApproval, { input, reason: 'letter' });
      await assert.rejects(proposing, { code: 'invalid-request', message: fault });
      await assert.rejects(enterFirstAccount(world.deps, hanako, input), { message: fault });
      assert.deepEqual(await listPending(world.deps, `company:${companyCode}`), []);
    });
  }

  it('is proposed as it is printed, shown so to who approves it, and stored without blanks', async () => {
    const words = [
      '--iban',
      'de75 5121 0800 1245 1261 99',
      '--account-holder',
      accounts.german.accountHolder,
    ];
    const command = ['bank-account', 'propose', '--company', companyCode, ...words, '--reason', 'letter'];
    const typed = await typeCommand(world.deps, [...command, '--as', 'hanako']);
    assert.equal(typed.code, 0, typed.error);
    const [pending] = await listPending(world.deps, `company:${companyCode}`);
    const { changes } = await getApproval(world.deps, jiro, pending!.id);
    assert.deepEqual(changes, {
      iban: { before: null, after: 'DE75 5121 0800 1245 1261 99' },
      bic: { before: null, after: '' },
      accountHolder: { before: null, after: 'Müller + Söhne GmbH' },
      payeeInBankFile: { before: null, after: 'Müller + Söhne GmbH' },
    });
    await approveChange(world.deps, jiro, [bankAccountApproval], { approvalId: pending!.id });
    const [account] = await listBankAccounts(world.deps, jiro, companyCode);
    assert.deepEqual(
      [account!.iban, account!.bankCode, account!.accountType, account!.version],
      [accounts.german.iban, '', '', 1],
    );
    const listed = await typeCommand(world.deps, ['bank-account', 'list', '--company', companyCode]);
    assert.ok(listed.out.includes(accounts.german.iban), listed.out);
    assert.deepEqual(await listBrokenInvariants(world.deps), []);
  });

  it('is one or the other in the database, and only the one that two people approved', async () => {
    const { deps } = world;
    const run = (statement: string) => sqlOf(deps.orm.em.fork()).executeQuery(CompiledQuery.raw(statement));
    await assert.rejects(run(copy(`iban, bic, bank_code, NULL`)), /bank_account_takes_two/);
    const input = { companyCode, ...accounts.french };
    const approvalId = await proposeChange(deps, hanako, bankAccountApproval, {
      input,
      reason: 'another bank',
    });
    await run(
      `UPDATE approval SET state = 'executed', checker = 'staff:jiro', decided_at = proposed_at WHERE id = '${approvalId}'`,
    );
    await assert.rejects(
      run(copy(`'${accounts.swiss.iban}', '${accounts.french.bic}', '', '${approvalId}'`)),
      /takes_two/,
    );
    await assert.rejects(
      run(copy(`'${accounts.french.iban}', 'COBADEFFXXX', '', '${approvalId}'`)),
      /takes_two/,
    );
    const first = (
      iban: string,
      bankCode: string,
    ) => `INSERT INTO bank_account (company_id, version, bank_code, bank_name, branch_code,
      branch_name, account_type, account_number, account_holder, iban, bic, created_at) SELECT id, 1, '${bankCode}', '', '', '', '', '',
      'Nobody', '${iban}', '', NOW() FROM company WHERE code = '${other}'`;
    const { code: other } = await makeCompany(deps);
    await assert.rejects(run(first('', '')), /bank_account_kind/);
    await assert.rejects(run(first('not an iban', '')), /bank_account_kind/);
    await assert.rejects(run(first(accounts.german.iban, '9999')), /bank_account_kind/);
  });
});

it('a carrier in yen takes no IBAN', async () => {
  await using world = Object.assign(await createWorld(), {
    async [Symbol.asyncDispose]() {
      await world.close();
    },
  });
  const { code: companyCode } = await makeCompany(world.deps);
  const propose = (account: EnteredAccount) =>
    proposeChange(world.deps, hanako, bankAccountApproval, {
      input: { companyCode, ...account },
      reason: 'letter',
    });
  await assert.rejects(propose(accounts.german), { message: /bankCode is missing.*iban must be left out/ });
  await assert.rejects(propose({ ...japanese, iban: accounts.german.iban }), {
    message: /iban must be left out/,
  });
  await propose({ ...japanese, iban: '', bic: '' });
});
