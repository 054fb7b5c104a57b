import { setTimeout as wait } from 'node:timers/promises';
import { Gauge, type Registry } from 'prom-client';
import { assertDatabaseAnswers } from '../database/probe.ts';
import type { Deps } from '../deps.ts';
import { readNightHealth, type NightHealth } from './night-health.queries.ts';

/** Both together below the ten seconds after which Prometheus gives a scrape up. */
const PATIENCE_MS = 4_000;
const PROBE_TIMEOUT_MS = 2_000;

/**
 * Shows how the nights stand, read from the database. The returned function brings the figures up to date; call it
 * before each exposition. Where the database does not answer in time, `tabane_database_up` is 0; figures that cannot be
 * read in time are left out rather than old.
 */
export function showNights(registry: Registry, deps: Deps, jobs: readonly string[]): () => Promise<void> {
  const gauges = createGauges(registry);
  let underWay: Promise<NightHealth> | undefined;
  /** One at a time: on a database that hangs, scrapes would take every connection. */
  const read = () =>
    (underWay ??= readNightHealth(deps, jobs).finally(() => {
      underWay = undefined;
    }));
  return async () => {
    const isUp = await answers(deps);
    gauges.up.set(isUp ? 1 : 0);
    const health = isUp ? await withinTimeout(read()) : undefined;
    for (const gauge of Object.values(gauges.health)) gauge.reset();
    if (health) show(gauges, health);
    else gauges.health.overduePeriods.remove();
  };
}

function answers({ orm }: Deps): Promise<boolean> {
  return assertDatabaseAnswers(orm, PROBE_TIMEOUT_MS).then(
    () => true,
    () => false,
  );
}

async function withinTimeout(reading: Promise<NightHealth>): Promise<NightHealth | undefined> {
  const given = new AbortController();
  try {
    const patience = wait(PATIENCE_MS, undefined, { ref: false, signal: given.signal }).catch(
      () => undefined,
    );
    return await Promise.race([reading, patience]);
  } catch {
    // Requests that need the database log why it fails; here it only counts as down.
    return undefined;
  } finally {
    given.abort();
  }
}

type Gauges = ReturnType<typeof createGauges>;

function createGauges(registry: Registry) {
  const registers = [registry];
  return {
    up: new Gauge({
      name: 'tabane_database_up',
      help: '1 when the database answered this scrape, else 0.',
      registers,
    }),
    health: {
      behind: new Gauge({
        name: 'tabane_nights_behind',
        help: 'Nights that a job is behind: 0 once it has finished for yesterday.',
        labelNames: ['night_job'],
        registers,
      }),
      late: new Gauge({
        name: 'tabane_night_late_seconds',
        help: 'Seconds since the oldest night that a job has not done was due, half an hour after its day; 0 when none is open.',
        labelNames: ['night_job'],
        registers,
      }),
      runs: new Gauge({
        name: 'tabane_night_runs',
        help: 'Unfinished runs: failed, stalled (interrupted, and no process continues it) or running.',
        labelNames: ['night_job', 'state'],
        registers,
      }),
      parked: new Gauge({
        name: 'tabane_night_parked',
        help: 'Subjects that the last finished run of a job set aside; the table "parked" has the reasons.',
        labelNames: ['night_job'],
        registers,
      }),
      duration: new Gauge({
        name: 'tabane_night_duration_seconds',
        help: 'Working time of the last finished run of a job.',
        labelNames: ['night_job'],
        registers,
      }),
      leftovers: new Gauge({
        name: 'tabane_inbox_leftovers',
        help: 'Entries that the last finished run of a job left in its inbox: not of its kind, or not to be read.',
        labelNames: ['night_job'],
        registers,
      }),
      overduePeriods: new Gauge({
        name: 'tabane_billing_periods_overdue',
        help: 'Billing periods not closed although their closing date has passed.',
        registers,
      }),
    },
  };
}

function show({ health }: Gauges, { jobs, overduePeriods }: NightHealth): void {
  for (const { job, behindDays, lateSeconds, runs, last } of jobs) {
    // Not `job`: Prometheus has that for its own.
    const of = { night_job: job };
    health.behind.set(of, behindDays);
    health.late.set(of, lateSeconds);
    for (const [state, count] of Object.entries(runs)) health.runs.set({ ...of, state }, count);
    if (!last) continue;
    health.parked.set(of, last.parked);
    health.duration.set(of, last.seconds);
    if (last.leftovers !== undefined) health.leftovers.set(of, last.leftovers);
  }
  health.overduePeriods.set(overduePeriods);
}
