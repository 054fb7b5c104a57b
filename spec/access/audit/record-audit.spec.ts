import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { approveChange } from '../../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../../src/approval-kinds.ts';
import { bankAccountApproval } from '../../../src/bank-accounts/bank-account-approval.ts';
import { enterFirstAccount } from '../../../src/bank-accounts/enter-first-account.ts';
import { addTariff } from '../../../src/tariffs/add-tariff.ts';
import { changeCompanyState } from '../../../src/companies/change-company-state.ts';
import { changeServiceState } from '../../../src/companies/change-service-state.ts';
import { createCompany } from '../../../src/companies/create-company.ts';
import { createContract } from '../../../src/contracts/create-contract.ts';
import { createService } from '../../../src/companies/create-service.ts';
import { endContract } from '../../../src/contracts/end-contract.ts';
import { issueApiKey } from '../../../src/companies/issue-api-key.ts';
import { revokeApiKey } from '../../../src/companies/revoke-api-key.ts';
import { acceptRecords } from '../../../src/invariants/accept-records.ts';
import { recordAudit } from '../../../src/access/audit/record-audit.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { inTransaction } from '../../../src/database/transaction.ts';
import { endSubscriber } from '../../../src/identity/end-subscriber.ts';
import { issueSubscriber } from '../../../src/identity/issue-subscriber.ts';
import { setPassword } from '../../../src/identity/set-password.ts';
import { setSubscriberLimit } from '../../../src/identity/set-subscriber-limit.ts';
import { changesAreRecorded } from '../../../src/invariants/changes-are-recorded.ts';
import { importLines } from '../../../src/line-import/import-lines.ts';
import { setLineLimit } from '../../../src/lines/set-line-limit.ts';
import { actorName } from '../../../src/access/actor.ts';
import { makeCompany } from '../../support/factories.ts';
import { hanako, jiro } from '../../support/people.ts';
import { createWorld, type World } from '../../support/world.ts';
import { staff } from '../../support/actors.ts';

let world: World;
before(async () => void (world = await createWorld()));
after(() => world.close());

const actor = staff('spec');
let approvalId: string;
const query = () => sqlOf(world.deps.orm.em.fork());
const company = { companyCode: 'shop' };

async function unrecorded(): Promise<unknown[]> {
  return inTransaction(world.deps, async (tx) => {
    const findings = await Promise.all(
      changesAreRecorded.rules.map(async (rule) => (await rule.find(tx, {})).offending),
    );
    return findings.flat();
  });
}

const importText = (rows: readonly string[]) =>
  importLines(world.deps, actor, {
    source: Readable.from([
      ['line_id,holder,closing_group,status,valid_from,valid_to,birth_date,email', ...rows, ''].join('\n'),
    ]),
    fileName: 'lines.csv',
  });

const count = async () =>
  Number((await sql<{ n: number }>`SELECT COUNT(*) AS n FROM audit_entry`.execute(query())).rows[0]?.n);

const steps: [name: string, step: () => Promise<unknown>][] = [
  [
    'a company created',
    () => createCompany(world.deps, actor, { code: 'shop', name: '店', nameEn: 'Shop', address: '東京' }),
  ],
  ['a company suspended', () => changeCompanyState(world.deps, staff(), { ...company, state: 'suspended' })],
  ['a company active again', () => changeCompanyState(world.deps, staff(), { ...company, state: 'active' })],
  [
    'a service created',
    () =>
      createService(world.deps, staff(), {
        ...company,
        code: 'film',
        name: '映画',
        nameEn: 'Film',
        siteOrigin: 'https://shop.example',
      }),
  ],
  [
    'a service suspended',
    () => changeServiceState(world.deps, staff(), { ...company, code: 'film', state: 'suspended' }),
  ],
  [
    'a tariff added',
    () =>
      addTariff(world.deps, actor, {
        code: 'own',
        validFrom: '2026-01-01',
        name: '自',
        nameEn: 'Own',
        definition: {
          monthlyBaseMinor: 0,
          percentBps: 100,
          perLineMinimumMinor: 0,
          bands: [],
        },
      }),
  ],
  [
    'a bank account entered',
    () => enterFirstAccount(world.deps, hanako, { companyCode: 'shop', ...account }),
  ],
  [
    'a contract concluded',
    () => createContract(world.deps, hanako, { companyCode: 'shop', tariffCode: 'own', ...terms }),
  ],
  [
    'a contract ended',
    () =>
      endContract(world.deps, hanako, {
        companyCode: 'shop',
        validFrom: '2026-04-01',
        validTo: '2027-01-01',
      }),
  ],
  [
    'another bank account proposed',
    async () => {
      const input = { companyCode: 'shop', ...account, accountNumber: '7654321' };
      approvalId = await proposeChange(world.deps, hanako, bankAccountApproval, { input, reason: 'letter' });
    },
  ],
  ['another bank account approved', () => approveChange(world.deps, jiro, approvalKinds, { approvalId })],
  ['a key issued', () => issueApiKey(world.deps, staff(), { ...company, label: 'shop' })],
  [
    'a key revoked',
    async () =>
      revokeApiKey(world.deps, actor, {
        id: (await query().selectFrom('api_key').select('id').executeTakeFirstOrThrow()).id,
      }),
  ],
  [
    'lines delivered',
    () =>
      importText([
        'CAF0000000001,東西 花子,end,active,2026-01-01,,1990-01-01,a@example.jp',
        'CAF0000000002,"南, 𠮷郎",5,active,2026-01-01,,,',
      ]),
  ],
  [
    'lines delivered again',
    () => importText(['CAF0000000001,東西 花子,end,active,2026-01-01,,1990-01-01,a@example.jp']),
  ],
  [
    'a name corrected',
    () => importText(['CAF0000000001,東西 はな子,end,active,2026-01-01,,1990-01-01,a@example.jp']),
  ],
  [
    'a line that moves to another holder',
    () => importText(['CAF0000000001,北 次郎,10,active,2026-05-01,,,']),
  ],
  ['a line limited', () => setLineLimit(world.deps, actor, { lineId: 'CAF0000000001', limitMinor: 3_000n })],
  [
    'a limited line delivered again',
    () => importText(['CAF0000000001,北 次郎,15,active,2026-05-01,,2010-01-01,']),
  ],
  [
    'an ID issued',
    () =>
      issueSubscriber(world.deps, staff(), {
        lineId: 'CAF0000000001',
        displayName: '次郎',
        password: { generate: true },
      }),
  ],
  [
    'a password set',
    async () =>
      setPassword(world.deps, staff(), { issuedId: await issuedId(), password: { generate: true } }),
  ],
  [
    'an ID limited',
    async () => setSubscriberLimit(world.deps, actor, { issuedId: await issuedId(), limitMinor: 1_000n }),
  ],
  [
    'an ID without a limit',
    async () => setSubscriberLimit(world.deps, actor, { issuedId: await issuedId(), limitMinor: null }),
  ],
  ['an ID ended', async () => endSubscriber(world.deps, staff(), { issuedId: await issuedId() })],
];

const terms = {
  legalModel: 'agency' as const,
  validFrom: '2026-04-01',
  perChargeMaxMinor: 10_000n,
  lateCharges: 'accept' as const,
  authorizationDays: 7,
  payoutMonths: 2,
  payoutDay: 31,
  payoutBankDay: 'previous' as const,
};

const account = {
  bankCode: '9999',
  bankName: 'ミホン',
  branchCode: '001',
  branchName: 'ホンテン',
  accountType: 'ordinary' as const,
  accountNumber: '1234567',
  accountHolder: 'カ)ミセ',
};

async function issuedId(): Promise<string> {
  return (await query().selectFrom('subscriber').select('issuedId').executeTakeFirstOrThrow()).issuedId;
}

for (const [name, step] of steps) {
  test(`${name} has its audit row`, async () => {
    await step();
    assert.deepEqual(await unrecorded(), []);
  });
}

test('a refused change leaves no audit row, and its record as it was', async () => {
  const before = await count();
  await assert.rejects(
    createCompany(world.deps, actor, { code: 'shop', name: '店', nameEn: 'Shop', address: '東京' }),
  );
  await assert.rejects(setLineLimit(world.deps, actor, { lineId: 'CAF0000000001', limitMinor: -1n }), {
    code: 'invalid-request',
  });
  await assert.rejects(setLineLimit(world.deps, actor, { lineId: 'CAF9999999999', limitMinor: 1n }), {
    code: 'line-not-found',
  });
  assert.equal(await count(), before);
  assert.deepEqual(await unrecorded(), []);
});

test('two changes of one record at once have two versions', async () => {
  const { id } = await makeCompany(world.deps);
  await Promise.all(
    ['甲', '乙', '丙', '丁'].map((name) =>
      inTransaction(world.deps, async (tx) => {
        await sqlOf(tx.em).updateTable('company').set({ name }).where('id', '=', id).execute();
        const changed = { table: 'company', key: [id] } as const;
        await recordAudit(tx, {
          actor: actorName(actor),
          action: 'company.rename',
          subject: `company:${id}`,
          changed,
        });
      }),
    ),
  );
  const rows = await query()
    .selectFrom('audit_entry')
    .select('recordVersion')
    .where('recordTable', '=', 'company')
    .where('recordKey', '=', String(id))
    .orderBy('recordVersion')
    .execute();
  assert.deepEqual(
    rows.map(({ recordVersion }) => recordVersion),
    [1, 2, 3, 4, 5],
  );
  assert.deepEqual(await unrecorded(), []);
});

test('an audit row for a record that is not there is refused', async () => {
  const changed = { table: 'company', key: [987_654] } as const;
  const record = inTransaction(world.deps, (tx) =>
    recordAudit(tx, {
      actor: actorName(actor),
      action: 'company.rename',
      subject: 'company:987654',
      changed,
    }),
  );
  await assert.rejects(record, /no company 987654/);
});

test('no audit row holds a secret or its hash', async () => {
  const secrets = await query().selectFrom('api_key').select('secretHash').execute();
  const passwords = await query().selectFrom('subscriber').select('passwordHash').execute();
  const { rows } = await sql<{
    text: string;
  }>`SELECT CONCAT_WS('\n', subject, facts, record_key, record_digest) AS text FROM audit_entry`.execute(
    query(),
  );
  const trail = rows.map(({ text }) => text).join('\n');
  for (const secret of [
    ...secrets.map((row) => row.secretHash),
    ...passwords.map((row) => row.passwordHash),
  ]) {
    assert.ok(secret && !trail.includes(secret));
  }
});

test('what was changed by SQL is taken as it is once somebody says why, and then found no more', async () => {
  await sql`UPDATE company SET address = '大阪' WHERE code = 'shop'`.execute(query());
  await sql`UPDATE line_holder SET email = 'b@example.jp' LIMIT 1`.execute(query());
  await sql`DELETE FROM service`.execute(query());
  assert.equal((await unrecorded()).length, 3);
  const accepted = await acceptRecords(world.deps, actor, { reason: 'moved' });
  assert.deepEqual(
    accepted.map(({ table }) => table),
    ['company', 'service'],
  );
  assert.deepEqual(await unrecorded(), []);
  assert.deepEqual(await acceptRecords(world.deps, actor, { reason: 'again' }), []);
});
