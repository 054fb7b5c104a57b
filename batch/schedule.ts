import { setTimeout as wait } from 'node:timers/promises';
import { schedule } from 'node-cron';
import type { Deps } from '../src/deps.ts';
import { listFinishedRuns } from '../src/runs/run.queries.ts';
import { unwatched } from '../src/runs/run-progress.ts';
import { addDays, yesterdayOf } from '../src/shared/calendar.rules.ts';
import { jobs } from './jobs.ts';
import { determineMissedNights } from './missed-nights.rules.ts';
import { runNight, type BatchOutput } from './night.ts';

/**
 * When the jobs run, in the billing time zone. One entry: a night's jobs build on each other and follow in
 * their order (`jobs.ts`), half an hour after the day has ended, when its last charges are committed.
 */
export const timetable = [{ name: 'night', cron: '30 0 * * *' }] as const;

/** After a night that failed. One that fails for good is left to the next midnight, and to whoever was woken. */
const RETRY_AFTER_MS = [5, 10, 20, 30, 30, 60].map((minutes) => minutes * 60_000);

/** How far back the first night is looked for that ran at all. */
const LOOK_BACK_DAYS = 366;

/** A schedule under way. */
export interface Schedule {
  /** Starts nothing more and waits for the job that is running. */
  stop(): Promise<void>;
}

/**
 * Runs the nights on time, first those that were missed while no process was up, and again what failed: node-cron
 * forgets, the run table does not. Any number of processes may keep the schedule; the run rows let one do each job.
 */
export function startSchedule(deps: Deps, retryAfterMs: readonly number[] = RETRY_AFTER_MS): Schedule {
  const stopping = new AbortController();
  let underWay = Promise.resolve();
  const runNights = () => {
    underWay = underWay.then(() => runUntilDone(deps, retryAfterMs, stopping.signal));
    return underWay;
  };
  const tasks = timetable.map(({ name, cron }) =>
    schedule(cron, runNights, { name, timezone: deps.config.timeZone, noOverlap: true, logger: deps.log }),
  );
  void runNights();
  return {
    async stop() {
      stopping.abort();
      for (const task of tasks) await task.destroy();
      await underWay;
    },
  };
}

/** A database that was replaced at half past midnight must not cost a day. */
async function runUntilDone(
  deps: Deps,
  retryAfterMs: readonly number[],
  stopping: AbortSignal,
): Promise<void> {
  for (const afterMs of [...retryAfterMs, undefined]) {
    if (await runMissedNights(deps, () => stopping.aborted)) return;
    if (afterMs === undefined || stopping.aborted) return;
    await wait(afterMs, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** Runs every night that is due, in order, and tells whether all is done; what goes wrong is logged. */
export async function runMissedNights(deps: Deps, stopping: () => boolean): Promise<boolean> {
  let isDone = true;
  try {
    const yesterday = yesterdayOf(deps.clock.now(), deps.config.timeZone);
    const finished = await listFinishedRuns(deps, {
      from: addDays(yesterday, -LOOK_BACK_DAYS),
      through: yesterday,
    });
    for (const businessDate of determineMissedNights({
      yesterday,
      jobs: jobs.map((job) => job.name),
      finished,
    })) {
      if (stopping()) return false;
      const result = await runNight(deps, { businessDate, stopping, output: logOutput(deps) });
      deps.log[result === 'failed' ? 'error' : 'info']({ businessDate, result }, 'night');
      isDone &&= result === 'done';
    }
    return isDone;
  } catch (error) {
    deps.log.error({ err: error }, 'the nights could not be run');
    return false;
  }
}

/**
 * A schedule has no terminal: its lines go to the log. Indented ones do not: they name single lines and charges,
 * which the tables `parked` and `run` have, and a run by hand tells.
 */
function logOutput({ log }: Deps): BatchOutput {
  const info = (facts: object, text: string) => {
    if (!text.startsWith(' ')) log.info(facts, text);
  };
  return {
    line: (text, of) => info({ ...of }, text),
    error: (text, of) => log.error({ ...of }, text),
    watch: (job) => ({ ...unwatched, say: (line) => info({ job }, line), stop: () => {} }),
  };
}
