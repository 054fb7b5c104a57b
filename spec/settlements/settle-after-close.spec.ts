import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { recordUsageCharges } from '../../src/charges/record-usage-charges.ts';
import { checkInvariantsJob } from '../../src/invariants/check-invariants-job.ts';
import { closePeriods } from '../../src/invoices/close-periods.ts';
import { foldCharges } from '../../src/invoices/fold-charges.ts';
import { executeRun } from '../../src/runs/execute-run.ts';
import type { JobWork } from '../../src/runs/run-handle.ts';
import { renderStatements } from '../../src/statements/render-statements.ts';
import { settleCompanies } from '../../src/settlements/settle-companies.ts';
import { listSettlements } from '../../src/settlements/settlement.queries.ts';
import { CLOSING_GROUPS, endOfBusinessDate } from '../../src/shared/calendar.rules.ts';
import { makeConsent, makeLine, makeSale, makeSubscriber } from '../support/factories.ts';
import { createWorld, type World } from '../support/world.ts';
import { keyOf } from '../support/actors.ts';

let world: World;
let filesDir: string;

beforeEach(async () => {
  filesDir = await mkdtemp(join(tmpdir(), 'settle-'));
  world = await createWorld({ FILES_DIR: filesDir });
});
afterEach(async () => {
  await world.close();
  await rm(filesDir, { recursive: true });
});

const jobs: Record<string, JobWork> = {
  'fold-charges': foldCharges,
  'close-periods': closePeriods,
  'settle-companies': settleCompanies,
  'render-statements': renderStatements,
  'check-invariants': checkInvariantsJob,
};

/** All jobs of the night after a business date, in their order. */
async function runNight(businessDate: string): Promise<string[]> {
  world.clock.set(endOfBusinessDate(businessDate, world.config.timeZone));
  const outcomes: string[] = [];
  for (const [job, work] of Object.entries(jobs)) {
    outcomes.push((await executeRun(world.deps, { job, businessDate }, work)).kind);
  }
  return outcomes;
}

const CLOSING_DATES = ['2026-05-31', '2026-06-05', '2026-06-10', '2026-06-15', '2026-06-20', '2026-06-25'];
const allFinished = Object.keys(jobs).map(() => 'finished');

/** One line of every closing group, with two purchases of 400 each: 4,800 on 6 lines. */
async function sellInMay(companyId: number, serviceId: number): Promise<void> {
  world.clock.set(new Date('2026-05-27T03:00:00.000Z'));
  for (const closingGroup of CLOSING_GROUPS) {
    const { lineId } = await makeLine(world.deps, { closingGroup });
    const { id: subscriberId } = await makeSubscriber(world.deps, { lineId });
    const { id: consentId } = await makeConsent(world.deps, { companyId, serviceId, subscriberId, lineId });
    const item = { consentId, amountMinor: 400n, taxCode: 'standard' as const, description: '記事' };
    const outcomes = await recordUsageCharges(world.deps, keyOf(companyId), { items: [item, item] });
    assert.ok(outcomes.every((outcome) => outcome.kind === 'captured'));
  }
}

test('settles a month that the jobs themselves have folded and closed, and every invariant holds', async () => {
  const { company, service } = await makeSale(world.deps);
  await sellInMay(company.id, service.id);
  for (const businessDate of CLOSING_DATES) {
    assert.deepEqual(await listSettlements(world.deps, { period: '2026-05' }), []);
    assert.deepEqual(await runNight(businessDate), allFinished);
  }
  const [settlement, ...others] = await listSettlements(world.deps, { period: '2026-05' });
  assert.deepEqual(others, []);
  assert.deepEqual(
    [settlement?.billedMinor, settlement?.lineCount, settlement?.itemCount, settlement?.average],
    [4_800n, 6, 12, '800.00'],
  );
  // 5% of 4,800 and its tax.
  assert.deepEqual(
    [settlement?.feeExTaxMinor, settlement?.feeTaxMinor, settlement?.payoutMinor],
    [240n, 24n, 4_536n],
  );
});

test('says so when the night is asked for again, and the next night has nothing to settle', async () => {
  const { company, service } = await makeSale(world.deps);
  await sellInMay(company.id, service.id);
  for (const businessDate of CLOSING_DATES) await runNight(businessDate);
  assert.deepEqual(
    await runNight('2026-06-25'),
    allFinished.map(() => 'already-finished'),
  );
  assert.deepEqual(await runNight('2026-06-26'), allFinished);
  assert.equal((await listSettlements(world.deps, { period: '2026-05' })).length, 1);
});
