import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { sql } from 'kysely';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { listAudit } from '../../src/access/audit/audit.queries.ts';
import type { StaffRole } from '../../src/access/permissions.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { getApproval, listApprovals } from '../../src/access/approvals/approval.queries.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import type { BankAccountInput } from '../../src/bank-accounts/bank-account.rules.ts';
import { listBankAccounts } from '../../src/bank-accounts/bank-account.queries.ts';
import { enterFirstAccount } from '../../src/bank-accounts/enter-first-account.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';
import type { Problem } from '../../src/shared/problem.ts';
import { makeCompany } from '../support/factories.ts';
import { hanako, jiro, person } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';

describe('the bank account of a company', () => {
  let world: World;
  let deps: Deps;
  let company: { id: number; code: string };
  before(async () => {
    world = await createWorld();
    deps = world.deps;
  });
  after(() => world.close());
  beforeEach(async () => {
    company = await makeCompany(deps);
  });

  const account = (over: Partial<BankAccountInput> = {}): BankAccountInput => ({
    companyCode: company.code,
    bankCode: '9999',
    bankName: 'ミホン',
    branchCode: '001',
    branchName: 'ホンテン',
    accountType: 'ordinary',
    accountNumber: '1234567',
    accountHolder: 'カ）シノノメ',
    ...over,
  });
  const propose = (over: Partial<BankAccountInput> = {}) =>
    proposeChange(deps, hanako, bankAccountApproval, { input: account(over), reason: 'letter of 1 May' });
  const approve = (approvalId: string) => approveChange(deps, jiro, approvalKinds, { approvalId });
  const numbers = async () =>
    (await listBankAccounts(deps, staff(), company.code)).map(({ version, accountNumber }) => [
      version,
      accountNumber,
    ]);
  const trail = async (role: StaffRole) =>
    JSON.stringify(
      await listAudit(deps, person('someone', role), { subject: `company:${company.code}`, limit: 50 }),
    );
  const run = (statement: ReturnType<typeof sql>) => statement.execute(sqlOf(deps.orm.em.fork()));

  it('is changed by two people, and the former one is kept', async () => {
    await approve(await propose());
    const approval = await propose({ accountNumber: '7654321' });
    assert.deepEqual(await numbers(), [[1, '1234567']]);
    const { changes } = await getApproval(deps, jiro, approval);
    assert.deepEqual(changes, { accountNumber: { before: '1234567', after: '7654321' } });
    await approve(approval);
    assert.deepEqual(await numbers(), [
      [2, '7654321'],
      [1, '1234567'],
    ]);
    const [current] = await listBankAccounts(deps, staff(), company.code);
    assert.equal(current?.approvalId, approval);
  });

  it('shows its whole number only to who pays or audits: in lists, proposals and the audit trail', async () => {
    await approve(await propose());
    const approval = await propose({ accountNumber: '7654321' });
    const seenBy = async (role: StaffRole, mayRead = true) => {
      const reader = person('someone', role);
      const [current] = await listBankAccounts(deps, reader, company.code);
      if (!mayRead) return [current?.accountNumber];
      const { changes, input } = await getApproval(deps, reader, approval);
      const [listed] = await listApprovals(deps, reader, { subject: `company:${company.code}` });
      return [
        current?.accountNumber,
        (changes as { accountNumber: object }).accountNumber,
        (input as { accountNumber: string }).accountNumber,
        (listed!.changes as { accountNumber: object }).accountNumber,
      ];
    };
    const whole = { before: '1234567', after: '7654321' };
    const masked = { before: '••••567', after: '••••321' };
    for (const role of ['billing', 'billing-approver', 'auditor'] as const)
      assert.deepEqual(await seenBy(role), ['1234567', whole, '7654321', whole], role);
    for (const role of ['lead', 'administrator'] as const)
      assert.deepEqual(await seenBy(role), ['••••567', masked, '••••321', masked], role);
    assert.deepEqual(await seenBy('agent', false), ['••••567']);
    assert.match(await trail('auditor'), /7654321/);
    assert.doesNotMatch(await trail('lead'), /7654321|1234567/);
    assert.match(await trail('lead'), /••••321/);
  });

  it('shows an approver the name that the bank will read', async () => {
    const { changes } = await getApproval(deps, jiro, await propose());
    assert.deepEqual(changes['payeeInBankFile'], { before: null, after: 'ｶ)ｼﾉﾉﾒ' });
  });

  it('is entered by one person as the first one alone, in development too', async () => {
    await enterFirstAccount(deps, hanako, account());
    const again = enterFirstAccount(deps, hanako, account({ accountNumber: '7654321' }));
    await assert.rejects(again, { code: 'approval-required' });
    assert.deepEqual(await numbers(), [[1, '1234567']]);
    const stranger = enterFirstAccount(deps, person('goro', 'administrator'), account());
    await assert.rejects(stranger, { code: 'permission-denied' });
  });

  it('is entered by a proven person alone in production, and there confirmed by two without a change of its terms', async () => {
    const production: Deps = { ...deps, config: { ...deps.config, mode: 'production' } };
    const bare = { ...hanako, provenBy: 'nothing' } as const;
    await assert.rejects(enterFirstAccount(production, bare, account()), { code: 'approval-needs-person' });
    assert.deepEqual(await numbers(), []);
    await enterFirstAccount(production, hanako, account());
    const again = await propose();
    const { changes } = await getApproval(deps, jiro, again);
    assert.deepEqual(changes['decidedBy'], { before: 'one person', after: 'two people' });
    await approve(again);
    assert.deepEqual(await numbers(), [
      [2, '1234567'],
      [1, '1234567'],
    ]);
    await assert.rejects(propose(), { code: 'approval-changes-nothing' });
  });

  it('is entered once when two people enter the first one at the same time', async () => {
    const both = ['1111111', '2222222'].map((accountNumber) =>
      enterFirstAccount(deps, hanako, account({ accountNumber })),
    );
    const outcomes = await Promise.allSettled(both);
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await numbers()).length, 1);
  });

  it('makes a proposal void when it changed meanwhile', async () => {
    const approval = await propose();
    await enterFirstAccount(deps, hanako, account({ accountNumber: '1111111' }));
    await assert.rejects(approve(approval), { code: 'approval-void' });
    assert.deepEqual(await numbers(), [[1, '1111111']]);
  });

  it('has no second one by plain SQL without an executed approval of its company', async () => {
    await approve(await propose());
    const pending = await propose({ accountNumber: '7654321' });
    const other = await makeCompany(deps);
    const insert = (companyId: number, version: number, approvalId: string | null, number = '7654321') =>
      run(sql`INSERT INTO bank_account (company_id, version, bank_code, bank_name, branch_code, branch_name, account_type,
          account_number, account_holder, approval_id, created_at)
        VALUES (${companyId}, ${version}, '9999', 'ミホン', '001', 'ホンテン', 'ordinary', ${number}, 'カ）シノノメ', ${approvalId}, NOW(3))`);
    await assert.rejects(insert(company.id, 2, null), /bank_account_takes_two/);
    await assert.rejects(insert(company.id, 2, pending), /bank_account_takes_two/);
    await assert.rejects(insert(company.id, 3, null), /bank_account_in_order/);
    const approvalId = (await listBankAccounts(deps, staff(), company.code))[0]!.approvalId!;
    await assert.rejects(insert(other.id, 1, approvalId, '1234567'), /bank_account_takes_two/);
    await assert.rejects(insert(company.id, 2, approvalId, '1234567'), /bank_account_approval_once/);
    await assert.rejects(
      run(sql`UPDATE bank_account SET account_number = '7654321'`),
      /bank_account_is_final/,
    );
    await assert.rejects(run(sql`DELETE FROM bank_account`), /bank_account_stays/);
    assert.deepEqual(await numbers(), [[1, '1234567']]);
  });

  it('is the account that two people approved, by plain SQL too', async () => {
    await approve(await propose());
    const approvalId = await propose({ accountNumber: '7654321', accountHolder: 'カ）シノノメ' });
    await run(
      sql`UPDATE approval SET state = 'executed', checker = 'staff:jiro', decided_at = proposed_at WHERE id = ${approvalId}`,
    );
    const insert = (number: string, holder: string, bankName = 'ミホン') =>
      run(sql`INSERT INTO bank_account (company_id, version, bank_code, bank_name, branch_code, branch_name, account_type,
          account_number, account_holder, approval_id, created_at)
        VALUES (${company.id}, 2, '9999', ${bankName}, '001', 'ホンテン', 'ordinary', ${number}, ${holder}, ${approvalId}, NOW(3))`);
    await assert.rejects(insert('7654322', 'カ）シノノメ'), /bank_account_takes_two/);
    await assert.rejects(insert('7654321', 'カ）ベツ'), /bank_account_takes_two/);
    await assert.rejects(insert('7654321', 'カ）シノノメ', 'ベツ'), /bank_account_takes_two/);
    await insert('7654321', 'カ）シノノメ');
    assert.deepEqual((await numbers())[0], [2, '7654321']);
  });

  it('is executed once when two people approve at the same time, and never when it was rejected', async () => {
    const approvalId = await propose();
    const goro = person('goro', 'billing-approver');
    const outcomes = await Promise.allSettled(
      [jiro, goro].map((by) => approveChange(deps, by, approvalKinds, { approvalId })),
    );
    assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
    assert.equal((await numbers()).length, 1);
  });

  it('is neither approved nor changed when the process ends between the two', async () => {
    const approvalId = await propose();
    const cut = { ...bankAccountApproval };
    cut.execute = async (...args) => {
      await bankAccountApproval.execute(...args);
      throw new Error('the process ends here');
    };
    await assert.rejects(approveChange(deps, jiro, [cut], { approvalId }), /ends here/);
    assert.deepEqual(await numbers(), []);
    assert.equal((await getApproval(deps, jiro, approvalId)).state, 'pending');
    await approve(approvalId);
    assert.deepEqual(await numbers(), [[1, '1234567']]);
  });

  it('is refused for what a bank file cannot carry, with each field and what is wrong with it', async () => {
    const wrong: Partial<BankAccountInput>[] = [
      { bankCode: '999' },
      { bankCode: '0000' },
      { branchCode: '0001' },
      { accountNumber: '123456' },
      { accountNumber: '１２３４５６７' },
      { accountNumber: '0000000' },
      { accountHolder: '' },
      { accountHolder: '株式会社東雲' },
      { accountHolder: 'シノノメ, カブシキ' },
      { accountHolder: '\u200b' },
      { accountHolder: ' シノノメ' },
      { bankName: 'みらい銀行' },
      { bankName: 'ミホン ギンコウ' },
      { branchName: '本店' },
      { accountType: 'gift' as 'other' },
    ];
    for (const over of wrong) {
      const isRefused = { code: 'invalid-request' };
      await assert.rejects(propose(over), isRefused, JSON.stringify(over));
      await assert.rejects(enterFirstAccount(deps, hanako, account(over)), isRefused, JSON.stringify(over));
    }
    const several = { bankName: 'みらい銀行', branchName: '', bankCode: '0000', accountNumber: '1' };
    await assert.rejects(propose({ ...several, accountHolder: '東雲' }), (error: Problem) => {
      assert.deepEqual(
        error.errors.map(({ pointer }) => pointer),
        ['/bankCode', '/bankName', '/branchName', '/accountNumber', '/accountHolder'],
      );
      assert.match(error.message, /bankName has kanji \(銀\), a bank file takes kana/);
      assert.match(error.message, /bankCode must be 4 digits, and not 0000/);
      return true;
    });
  });

  it('keeps names as they are written when a bank file can carry them', async () => {
    const names = {
      bankName: 'みほんギンコウ',
      branchName: 'シンジュク',
      accountHolder: '株式会社シノノメ　ビデオ',
    };
    await enterFirstAccount(deps, hanako, account(names));
    const { bankName, branchName, accountHolder } = (await listBankAccounts(deps, staff(), company.code))[0]!;
    assert.deepEqual({ bankName, branchName, accountHolder }, names);
  });

  it('of no company is refused', async () => {
    await assert.rejects(propose({ companyCode: 'nobody' }), { code: 'company-not-found' });
  });
});
