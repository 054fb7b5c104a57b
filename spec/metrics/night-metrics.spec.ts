import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { runNight } from '../../batch/night.ts';
import type { Job } from '../../batch/jobs.ts';
import { ensureBillingPeriods } from '../../src/billing-periods/ensure-billing-period.ts';
import { sqlOf } from '../../src/database/sql.ts';
import type { PartitionWork } from '../../src/runs/partition-handle.ts';
import { noProgress } from '../../src/runs/run-progress.ts';
import { openMetricsSite, type MetricsSite } from './metrics-site.ts';
import { valueOf } from './read-exposition.ts';

let site: MetricsSite;
before(async () => {
  site = await openMetricsSite();
});
after(() => site.close());

const quiet = { line: () => {}, error: () => {}, watch: () => ({ ...noProgress, stop: () => {} }) };

function night(businessDate: string, works: Readonly<Record<string, Job['work']>>) {
  const jobs = Object.entries(works).map(([name, work]) => ({ name, description: name, needs: [], work }));
  return runNight(site.deps, { businessDate, jobs, output: quiet });
}

async function scrape() {
  const metrics = await site.scrape();
  return (name: string, labels: Record<string, string> = {}) => valueOf(metrics, name, labels);
}

const well: Job['work'] = async () => ({});
const badly: Job['work'] = () => Promise.reject(new Error('the disk is full'));
const brokenPart: PartitionWork<string> = async (_, { plan }) => {
  if (plan === 'broken') throw new Error('the disk is full');
};
const sharing: Job['work'] = async (_, run) => {
  const planned = ['sound', 'broken'].map((plan) => ({ plan, expected: 0 }));
  await run.runPartitioned({ step: 'cut', work: brokenPart, plan: async () => planned });
  return {};
};
const parking: Job['work'] = async (_, run) => {
  run.announce(3);
  await run.inChunk(async (tx) => {
    for (const subject of ['one', 'two']) await run.park(tx, { subject, reason: 'no holder' });
    return { done: 1, skipped: 0, parked: 2 };
  });
  return {};
};

// The clock stands at noon of 2026-05-10.

it('says that every job is a night behind before the first one', async () => {
  const value = await scrape();
  assert.equal(value('tabane_nights_behind', { night_job: 'fold-charges' }), 1);
  assert.equal(value('tabane_night_runs', { night_job: 'fold-charges', state: 'failed' }), 0);
  assert.equal(value('tabane_night_parked', { night_job: 'fold-charges' }), undefined, 'no run, no figure');
  assert.equal(value('tabane_night_late_seconds', { night_job: 'fold-charges' }), 11.5 * 3_600);
});

it('says by job how far behind it is, what failed and how many were parked', async () => {
  await night('2026-05-07', { 'fold-charges': well, 'close-periods': well, 'renew-subscriptions': well });
  await night('2026-05-08', { 'fold-charges': badly, 'close-periods': well, 'renew-subscriptions': well });
  await night('2026-05-09', { 'renew-subscriptions': parking });
  const value = await scrape();
  const behind = ['fold-charges', 'close-periods', 'renew-subscriptions'].map((job) =>
    value('tabane_nights_behind', { night_job: job }),
  );
  assert.deepEqual(behind, [2, 1, 0]);
  const lateHours = ['fold-charges', 'close-periods', 'renew-subscriptions'].map(
    (job) => value('tabane_night_late_seconds', { night_job: job })! / 3_600,
  );
  assert.deepEqual(lateHours, [35.5, 11.5, 0], 'since 00:30 of the ninth, and of the tenth');
  assert.equal(value('tabane_night_runs', { night_job: 'fold-charges', state: 'failed' }), 1);
  assert.equal(value('tabane_night_parked', { night_job: 'renew-subscriptions' }), 2);
  assert.equal(value('tabane_night_parked', { night_job: 'close-periods' }), 0);
  assert.ok(value('tabane_night_duration_seconds', { night_job: 'close-periods' })! >= 0);
});

it('says what a job left in its inbox, of those that have one', async () => {
  await night('2026-05-09', { 'import-lines': async () => ({ leftovers: 2 }) });
  const value = await scrape();
  assert.equal(value('tabane_inbox_leftovers', { night_job: 'import-lines' }), 2);
  assert.equal(value('tabane_inbox_leftovers', { night_job: 'close-periods' }), undefined);
});

it('counts a run that was done in parts once, whatever becomes of the parts', async () => {
  await night('2026-05-09', { 'settle-companies': sharing });
  const value = await scrape();
  assert.equal(value('tabane_night_runs', { night_job: 'settle-companies', state: 'failed' }), 1);
  assert.equal(value('tabane_nights_behind', { night_job: 'settle-companies' }), 1);
});

it('forgets a failure once the run has been taken up again and finished', async () => {
  await night('2026-05-08', { 'fold-charges': well });
  const value = await scrape();
  assert.equal(value('tabane_night_runs', { night_job: 'fold-charges', state: 'failed' }), 0);
  assert.equal(value('tabane_nights_behind', { night_job: 'fold-charges' }), 1);
});

it('tells a run that is under way from one whose process is gone', async () => {
  const runs = sqlOf(site.deps.orm.em.fork()).updateTable('run').set({ state: 'running', finishedAt: null });
  const at = { later: new Date('2999-01-01T00:00:00Z'), past: new Date('2020-01-01T00:00:00Z') };
  const of = (businessDate: string) =>
    runs.where('job', '=', 'close-periods').where('businessDate', '=', businessDate);
  await of('2026-05-07').set({ leaseUntil: at.later }).execute();
  await of('2026-05-08').set({ leaseUntil: at.past }).execute();
  const value = await scrape();
  assert.equal(value('tabane_night_runs', { night_job: 'close-periods', state: 'running' }), 1);
  assert.equal(value('tabane_night_runs', { night_job: 'close-periods', state: 'stalled' }), 1);
  assert.equal(value('tabane_nights_behind', { night_job: 'close-periods' }), 3, 'since its first run');
});

const late = async () => (await scrape())('tabane_night_late_seconds', { night_job: 'renew-subscriptions' });

it('says of a night how late it is to the second, and nothing before it is due', async () => {
  const { clock } = site;
  const noon = clock.now();
  clock.set(new Date('2026-05-10T15:29:59.000Z'));
  assert.equal(await late(), 0);
  clock.set(new Date('2026-05-10T15:31:07.000Z'));
  assert.equal(await late(), 67);
  await night('2026-05-10', { 'renew-subscriptions': well });
  assert.equal(await late(), 0);
  clock.set(noon);
});

it('does not lose sight of a night that failed long ago, nor of months without any', async () => {
  await night('2025-11-30', { 'render-statements': badly });
  await night('2026-01-01', { 'render-statements': well });
  const value = await scrape();
  const of = { night_job: 'render-statements' };
  assert.equal(value('tabane_nights_behind', of), 128);
  assert.equal(value('tabane_night_runs', { ...of, state: 'failed' }), 1);
  assert.equal(value('tabane_night_late_seconds', of), 160 * 86_400 + 11.5 * 3_600);
});

it('counts the periods whose closing date has passed, not those that close today', async () => {
  await ensureBillingPeriods(site.deps, [
    { period: '2026-04', closingGroup: 5 },
    { period: '2026-03', closingGroup: 31 },
    { period: '2026-04', closingGroup: 10 },
  ]);
  assert.equal((await scrape())('tabane_billing_periods_overdue'), 2);
});
