import type { Deps } from '../src/deps.ts';
import { listDueNights } from '../src/runs/due-nights.ts';
import { lastDueNight, secondsLate } from '../src/runs/night-due.rules.ts';
import { noProgress } from '../src/runs/run-progress.ts';
import { NightRetries } from './night-retries.ts';
import { isComplete, runNight, type BatchOutput, type JobResult } from './night.ts';
import { describeNight } from './status/describe-night.ts';
import type { TimetableEntry } from './timetable-entry.ts';

/** How often the nights are asked for; tests ask more often. */
interface Pace {
  /** Whatever the clock does. */
  readonly askEveryMs: number;
  /** Pauses after a night that failed. One that fails after all of them waits for the next night, and for whom the alert woke. */
  readonly retryAfterMs: readonly number[];
}

const PACE: Pace = {
  askEveryMs: 5 * 60_000,
  retryAfterMs: [5, 10, 20, 30, 30, 60].map((minutes) => minutes * 60_000),
};

const EVERY_MINUTE = '* * * * *';

/**
 * The nights as an entry of the timetable: each runs as soon as it is due, and again if it failed. It waits for no time of
 * day, which a process that was stopped, a machine that slept or a clock that was set would miss: each minute, and every
 * five minutes whatever the clock does, it asks the clock and the run table what is due. Any number of processes may; the
 * run table makes each job unique.
 */
export function nights(pace: Partial<Pace> = {}): TimetableEntry {
  const { askEveryMs, retryAfterMs } = { ...PACE, ...pace };
  const retries = new NightRetries(retryAfterMs);
  return {
    name: 'night',
    cron: EVERY_MINUTE,
    everyMs: askEveryMs,
    isWatchedByRuns: true,
    work: async (deps, stopping) => {
      const through = lastDueNight(deps.clock.now(), deps.config.timeZone);
      if (retries.waitMs(through, performance.now()) === 0) {
        const isDone = await runDueNights(deps, () => stopping.aborted);
        retries.note(through, isDone, performance.now());
      }
      return { againInMs: retries.waitMs(through, performance.now()) || Infinity };
    },
  };
}

/** Runs every night that is due, in order; returns whether all is done. Errors are logged. */
export async function runDueNights(deps: Deps, stopping: () => boolean): Promise<boolean> {
  let isDone = true;
  try {
    for (const businessDate of await listDueNights(deps)) {
      if (stopping()) return false;
      const result = await runNight(deps, { businessDate, stopping, output: logOutput(deps) });
      logResult(deps, { businessDate, result, summary: await describeNight(deps, businessDate) });
      isDone &&= isComplete(result);
    }
    return isDone;
  } catch (error) {
    deps.log.error({ err: error }, 'the nights could not be run');
    return false;
  }
}

interface NightResult {
  readonly businessDate: string;
  readonly result: JobResult;
  readonly summary: string;
}

function logResult({ log, clock, config }: Deps, { businessDate, result, summary }: NightResult): void {
  const levels = { done: 'info', parked: 'warn', held: 'info', stopped: 'warn', failed: 'error' } as const;
  const lateSeconds = Math.round(secondsLate(businessDate, clock.now(), config.timeZone));
  log[levels[result]]({ businessDate, result, lateSeconds, summary }, 'night');
}

/**
 * Prints to the log. Indented lines are left out: they name single lines and charges, which the tables `parked` and `run`
 * have and a run by hand prints.
 */
export function logOutput({ log }: Deps): BatchOutput {
  const info = (facts: object, text: string) => {
    if (!text.startsWith(' ')) log.info(facts, text);
  };
  return {
    line: (text, of) => info({ ...of }, text),
    error: (text, of) => log.error({ ...of }, text),
    watch: (job) => ({ ...noProgress, report: (line) => info({ job }, line), stop: () => {} }),
  };
}
