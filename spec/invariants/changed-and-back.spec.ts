import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { checkInvariants } from '../../src/invariants/check-invariants.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { closeMonth, makeLineIds } from '../support/closed-month.ts';
import { makeCompany, makeContract, makeService } from '../support/factories.ts';
import { fakeRun } from '../support/fake-run.ts';
import { createWorld, type World } from '../support/world.ts';
import { staff } from '../support/actors.ts';
import { approveDrafts } from '../support/approve-settlements.ts';

let world: World;
beforeEach(async () => void (world = await createWorld()));
afterEach(() => world.close());

const change = (text: string) => world.deps.orm.em.fork().execute(text);
const broken = async () =>
  (await checkInvariants(world.deps, staff())).flatMap(({ offending }) => offending.map((row) => row.broken));
const USED = 'what closed documents were made from is what the audit trail said then';

test('terms of a contract that were different during a settlement are found afterwards', async () => {
  const { id: companyId } = await makeCompany(world.deps);
  const { id: serviceId } = await makeService(world.deps, { companyId });
  await makeContract(world.deps, { companyId });
  const [lineId = ''] = makeLineIds(1);
  const sale = { companyId, serviceId, lineId, closingGroup: 5 as const, amountMinor: 1_000n };
  await closeMonth(world.deps, { period: '2026-05', sales: [sale] });
  await change(`UPDATE contract SET per_charge_max_minor = 9999`);
  await fakeRun(world.deps, settleCompanies, { job: 'settle-companies', businessDate: '2026-06-25' });
  await approveDrafts(world.deps);
  await change(`UPDATE contract SET per_charge_max_minor = 10000`);
  assert.deepEqual(await broken(), [USED]);
});

test('a registration number that was different during a close is found afterwards', async () => {
  await makeCompany(world.deps);
  await change(`UPDATE company SET registration_number = NULL`);
  await fakeRun(world.deps, closePeriods, { job: 'close-periods', businessDate: '2026-05-31' });
  await change(`UPDATE company SET registration_number = 'T4011001098993'`);
  assert.deepEqual(await broken(), [USED]);
});
