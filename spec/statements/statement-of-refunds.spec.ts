import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { after, before, test } from 'node:test';
import { sqlOf } from '../../src/database/sql.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { getStatement } from '../../src/statements/statement.queries.ts';
import { renderStatement } from '../../templates/statement/statement.ts';
import { capture } from '../invoices/captured-charges.ts';
import { approveDrafts } from '../support/approve-settlements.ts';
import { makeCompany, makeContract, makeLine, makeService } from '../support/factories.ts';
import { recordRefunds } from '../support/refunds.ts';
import { createWorld, type World } from '../support/world.ts';

let world: World;

before(async () => {
  world = await createWorld();
  world.clock.set(new Date('2026-01-05T00:00:00.000Z'));
});
after(() => world.close());

async function runNights(businessDate: string): Promise<void> {
  for (const [job, work] of [
    ['fold-charges', foldCharges],
    ['close-periods', closePeriods],
    ['settle-companies', settleCompanies],
  ] as const)
    await executeRun(world.deps, { job, businessDate }, work);
  await approveDrafts(world.deps);
}

test('the statement of a settlement has its refunds by original period, with the tax in them', async () => {
  const { lineId } = await makeLine(world.deps, { closingGroup: 31 });
  const { id: companyId } = await makeCompany(world.deps);
  const { id: serviceId } = await makeService(world.deps, { companyId });
  await makeContract(world.deps, { companyId, tariffCode: 'flets-2011' });
  const sale = { companyId, serviceId, lineId };
  const [earlier] = await capture(world.deps, [
    { ...sale, amountMinor: 10_000n, businessDate: '2026-01-20' },
  ]);
  world.clock.set(new Date('2026-02-25T15:00:00.000Z'));
  await runNights('2026-02-25');
  const [own] = await capture(world.deps, [
    { ...sale, amountMinor: 800n, businessDate: '2026-02-10' },
    { ...sale, amountMinor: 5_000n, businessDate: '2026-02-10' },
  ]);
  await recordRefunds(world.deps, [
    { chargeId: earlier!, amountMinor: 1_100n, businessDate: '2026-02-26', period: '2026-02' },
    { chargeId: own!, amountMinor: 800n, businessDate: '2026-02-26', period: '2026-02' },
  ]);
  world.clock.set(new Date('2026-03-25T15:00:00.000Z'));
  await runNights('2026-03-25');
  const { id } = await sqlOf(world.deps.orm.em.fork())
    .selectFrom('settlement')
    .select('id')
    .where('billingPeriod', '=', '2026-02')
    .where('companyId', '=', companyId)
    .executeTakeFirstOrThrow();
  const statement = await getStatement(world.deps, id);
  const standard = { taxCode: 'standard', taxRateBps: 1000 } as const;
  const onInvoice = {
    ...standard,
    way: 'invoice',
    returnedFrom: '2026-02-28',
    returnedTo: '2026-02-28',
    itemCount: 1,
  };
  assert.deepEqual(statement.refunds, [
    { ...onInvoice, originalPeriod: '2026-01', totalMinor: 1_100n },
    { ...onInvoice, originalPeriod: '2026-02', totalMinor: 800n },
  ]);
  assert.deepEqual(statement.refundRates, [{ ...standard, totalMinor: 1_900n, taxMinor: 172n }]);
  assert.equal(statement.billedMinor, 5_800n);
  // Draws only what adds up.
  await renderStatement(statement, new PassThrough().resume());
});
