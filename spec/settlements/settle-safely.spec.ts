import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { approveChange } from '../../src/access/approvals/decide-approval.ts';
import { proposeChange } from '../../src/access/approvals/propose-change.ts';
import { approvalKinds } from '../../src/approval-kinds.ts';
import { bankAccountApproval } from '../../src/bank-accounts/bank-account-approval.ts';
import { sqlOf } from '../../src/database/sql.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { listSettlements } from '../../src/settlements/settlement.queries.ts';
import { CLOSING_GROUPS } from '../../src/shared/calendar.rules.ts';
import { tamper } from '../invariants/tamper.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { closeGroups, closeMonth, makeLineIds, type Sale } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { hanako, jiro } from '../support/people.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;
let sellers: { companyId: number; serviceId: number }[];

beforeEach(async () => {
  world = await createWorld();
  sellers = [];
  for (let made = 0; made < 5; made += 1) {
    const { id: companyId } = await makeCompany(world.deps);
    const { id: serviceId } = await makeService(world.deps, { companyId });
    await makeContract(world.deps, { companyId });
    sellers.push({ companyId, serviceId });
  }
});
afterEach(() => world.close());

function cutOffInThird(chunk: number): void {
  if (chunk === 3) throw new Error('cut off');
}

/** Two sales of every company, on lines of all groups. */
function sales(): Sale[] {
  return makeLineIds(10).map((lineId, index) => ({
    ...sellers[index % 5]!,
    lineId,
    closingGroup: CLOSING_GROUPS[index % 6]!,
    amountMinor: 1_000n + BigInt(index),
  }));
}

const settle = (
  businessDate: string,
  options: { chunkSize?: number; beforeChunk?: (chunk: number) => void } = {},
) => fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate, ...options });

async function countRows() {
  const sql = sqlOf(world.deps.orm.em.fork());
  const counts = [];
  for (const table of ['settlement', 'settlement_part', 'ledger_entry'] as const) {
    const { rows } = await sql
      .selectFrom(table)
      .select(({ fn }) => fn.countAll().as('rows'))
      .executeTakeFirstOrThrow();
    counts.push(Number(rows));
  }
  return counts;
}

test('changes nothing when it runs a second time', async () => {
  await closeMonth(world.deps, { period: '2026-01', sales: sales() });
  await settle('2026-02-25');
  const counts = await countRows();
  // The captures; nothing of a draft is posted.
  assert.deepEqual(counts, [5, 10, 10]);
  const second = await settle('2026-02-25');
  assert.deepEqual(second.counts, { expected: 0, done: 0, skipped: 0, parked: 0 });
  assert.deepEqual(await countRows(), counts);
});

test('settles the rest, and only the rest, after it was cut off between companies', async () => {
  await closeMonth(world.deps, { period: '2026-02', sales: sales() });
  await assert.rejects(settle('2026-03-25', { chunkSize: 1, beforeChunk: cutOffInThird }), /cut off/);
  const first = await listSettlements(world.deps, { period: '2026-02' });
  assert.equal(first.length, 2);
  const rest = await settle('2026-03-25');
  assert.deepEqual(rest.counts, { expected: 3, done: 3, skipped: 0, parked: 0 });
  const all = await listSettlements(world.deps, { period: '2026-02' });
  assert.equal(all.length, 5);
  assert.deepEqual(
    all.filter((row) => first.some(({ company }) => company === row.company)),
    first,
  );
});

test('settles each company once when three processes settle at the same time', async () => {
  await closeMonth(world.deps, { period: '2026-03', sales: sales() });
  const runs = await Promise.all([1, 2, 3].map(() => settle('2026-04-25', { chunkSize: 2 })));
  const done = runs.reduce((sum, run) => sum + run.counts.done, 0);
  assert.equal(done, 5);
  for (const { counts } of runs) assert.equal(counts.expected, counts.done + counts.skipped);
  assert.equal((await listSettlements(world.deps, { period: '2026-03' })).length, 5);
});

test('refuses a second settlement of a company and period, by any writer', async () => {
  await closeMonth(world.deps, { period: '2026-03', sales: sales() });
  await settle('2026-04-25');
  const sql = sqlOf(world.deps.orm.em.fork());
  const row = await sql.selectFrom('settlement').selectAll().executeTakeFirstOrThrow();
  const copy = { ...row, id: world.deps.ids.next(), number: 'another', state: 'draft' as const };
  await assert.rejects(sql.insertInto('settlement').values(copy).execute(), /settlement_one_per_period/);
});

test('settles months in their order, each carrying into the next', async () => {
  await closeMonth(world.deps, { period: '2026-05', sales: sales() });
  await closeMonth(world.deps, { period: '2026-04', sales: sales() });
  const first = await settle('2026-06-25');
  assert.equal(first.counts.done, 5);
  assert.deepEqual(first.lines.slice(-1), [
    '2026-05: 5 companies wait until an earlier month of theirs is approved',
  ]);
  assert.deepEqual(await listSettlements(world.deps, { period: '2026-05' }), []);
  await approveDrafts(world.deps);
  const second = await settle('2026-06-26');
  assert.deepEqual(
    [second.counts.done, Object.keys(second.facts['settledByPeriod'] as object)],
    [5, ['2026-05']],
  );
});

test('waits for a month before it that lacks a group, and opens the group for the next close', async () => {
  const lineIds = makeLineIds(5);
  const june = sellers.map((seller, index) => ({
    ...seller,
    lineId: lineIds[index]!,
    closingGroup: CLOSING_GROUPS[index + 1]!,
    amountMinor: 1_000n,
  }));
  await closeMonth(world.deps, { period: '2026-06', sales: june });
  await closeMonth(world.deps, { period: '2026-07', sales: sales() });
  const sql = sqlOf(world.deps.orm.em.fork());
  const monthEnd = sql
    .selectFrom('billing_period')
    .where('period', '=', '2026-06')
    .where('closingGroup', '=', 31);
  const removal = "DELETE FROM billing_period WHERE period = '2026-06' AND closing_group = 31";
  await tamper(world.deps, 'billing_period', removal);
  const held = await settle('2026-08-25');
  assert.deepEqual(held.lines, ['2026-06 is not settled: closing group 31 was never opened nor closed']);
  assert.equal(held.counts.done, 0);
  assert.deepEqual(await monthEnd.select('state').execute(), [{ state: 'open' }]);

  await closeGroups(world.deps, '2026-06', [31]);
  assert.equal((await settle('2026-08-26')).counts.done, 5);
  await approveDrafts(world.deps);
  assert.equal((await settle('2026-08-27')).counts.done, 5);
});

test('settles nothing of a month whose items are not those that were closed', async () => {
  await closeMonth(world.deps, { period: '2026-08', sales: sales() });
  const sql = sqlOf(world.deps.orm.em.fork());
  const item = await sql
    .selectFrom('invoice_item')
    .selectAll()
    .where('billingPeriod', '=', '2026-08')
    .executeTakeFirstOrThrow();
  await sql
    .insertInto('invoice_item')
    .values({ ...item, chargeId: world.deps.ids.next() })
    .execute();
  await assert.rejects(settle('2026-09-25'), {
    code: 'settlement-refused',
    message: /2026-08 is not settled\. number of items, as closed and now: 10 and 11/,
  });
  assert.deepEqual(await listSettlements(world.deps, { period: '2026-08' }), []);
});

test('settles a company to the account that counts today, and none that has no account', async () => {
  const [paid, unpaid] = sellers as [(typeof sellers)[0], (typeof sellers)[0]];
  const code = async (companyId: number) =>
    (
      await sqlOf(world.deps.orm.em.fork())
        .selectFrom('company')
        .select('code')
        .where('id', '=', companyId)
        .executeTakeFirstOrThrow()
    ).code;
  const bank = { bankCode: '9999', bankName: 'ミホン', branchCode: '001', branchName: 'ホンテン' };
  const account = { accountType: 'ordinary', accountNumber: '7654321', accountHolder: 'ミセ' } as const;
  const input = { companyCode: await code(paid.companyId), ...bank, ...account };
  const proposal = { input, reason: 'letter' };
  const approvalId = await proposeChange(world.deps, hanako, bankAccountApproval, proposal);
  await approveChange(world.deps, jiro, approvalKinds, { approvalId });
  await tamper(world.deps, 'bank_account', `DELETE FROM bank_account WHERE company_id = ${unpaid.companyId}`);
  await closeMonth(world.deps, { period: '2026-05', sales: sales() });
  const { counts, parked } = await settle('2026-06-25');
  assert.deepEqual([counts.done, counts.parked], [4, 1]);
  await approveDrafts(world.deps);
  assert.deepEqual(
    parked.map(({ reason }) => reason),
    ['the company has no bank account'],
  );
  const documents = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('settlement_document as d')
    .innerJoin('settlement as s', 's.id', 'd.settlementId')
    .select(['s.companyId', 'd.content'])
    .execute();
  const { bankAccount } = documents.find(({ companyId }) => companyId === paid.companyId)!.content;
  assert.deepEqual(bankAccount, { version: 2, ...bank, ...account });
});
