import assert from 'node:assert/strict';
import { join } from 'node:path';
import { sqlOf } from '../../../src/database/sql.ts';
import { addDays, startOfBusinessDate } from '../../../src/shared/calendar.rules.ts';
import { readManifest } from '../../../src/runs/run-row.rules.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { startBatchAt, type BatchProcess } from '../../batch/batch-process.ts';
import type { World } from '../../support/world.ts';

const TIME_ZONE = 'Asia/Tokyo';
const HALF_AN_HOUR_MS = 30 * 60_000;
const CHUNK_SIZE = 12;

/** The last group of May 2026 closes on it; in the month before, all the others do. */
const LAST_CLOSE = '2026-06-25';

/** So many business dates, through the last close of May 2026. */
export function listBusinessDays(count: number): string[] {
  return Array.from({ length: count }, (_, n) => addDays(LAST_CLOSE, n - count + 1));
}

/** The clock of all processes in the night after a day. */
export interface NightClock {
  readonly businessDate: string;
  /** Half past midnight. */
  readonly now: Date;
  /** For a process that is to have that time now. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The night after a business date, beginning now. */
export function nightAfter(businessDate: string): NightClock {
  const nextDay = startOfBusinessDate(addDays(businessDate, 1), TIME_ZONE);
  const now = new Date(nextDay.getTime() + HALF_AN_HOUR_MS);
  const aheadMs = now.getTime() - systemClock.now().getTime();
  const preload = join(import.meta.dirname, 'clock-ahead.ts');
  const environment = { CLOCK_AHEAD_MS: String(aheadMs), NODE_OPTIONS: `--import=file://${preload}` };
  return { businessDate, now, environment };
}

/** Starts a night in a process of its own, in so many transactions that there is much to interrupt. */
export function startNight(world: World, { businessDate, environment }: NightClock): BatchProcess {
  const args = ['night', '--business-date', businessDate, '--chunk-size', String(CHUNK_SIZE)];
  const { database, config } = world;
  return startBatchAt({ databaseUrl: database.url, filesDir: config.filesDir, environment }, args);
}

/** Runs a night to its end, taking over what killed ones have left; its last job checks the invariants. */
export async function finishNight(world: World, night: NightClock): Promise<void> {
  const { code, output, errors } = await startNight(world, night).result;
  assert.equal(code, 0, `the night of ${night.businessDate} did not finish: ${output}${errors}`);
}

/** How many parts of nights were done, and how many of them by these processes. */
export async function countParts({ deps }: World, pids: ReadonlySet<number>) {
  const parts = await sqlOf(deps.orm.em.fork())
    .selectFrom('run')
    .select('manifest')
    .where('part', '<>', '')
    .where('state', '=', 'finished')
    .execute();
  const byThem = parts.filter(({ manifest }) =>
    pids.has(Number(readManifest(manifest).by?.split(':').at(-2))),
  );
  return { parts: parts.length, partsByService: byThem.length };
}

/** Changes with every attempt at a job of a night and with every chunk. */
export async function readProgress({ deps }: World, { businessDate }: NightClock): Promise<string> {
  const runs = await sqlOf(deps.orm.em.fork())
    .selectFrom('run')
    .select(['job', 'part', 'attempt', 'done'])
    .where('businessDate', '=', businessDate)
    .execute();
  return runs.map(({ job, part, attempt, done }) => `${job} ${part} ${attempt} ${done}`).join();
}
