import { setTimeout as wait } from 'node:timers/promises';
import { schedule } from 'node-cron';
import type { Deps } from '../src/deps.ts';
import { lastDueNight, secondsLate } from '../src/runs/night-due.rules.ts';
import { listRuns } from '../src/runs/run.queries.ts';
import { noProgress } from '../src/runs/run-progress.ts';
import { addDays } from '../src/shared/calendar.rules.ts';
import { describeNight } from './describe-night.ts';
import { determineDueNights } from './due-nights.rules.ts';
import { jobs } from './jobs.ts';
import { NightTries } from './night-tries.ts';
import { isComplete, runNight, type BatchOutput, type JobResult } from './night.ts';

/** How the schedule goes; tests have shorter pauses. */
interface Pace {
  /**
   * The longest pause between two askings of which nights are due. Each reads the clock anew, so no jump of it is
   * missed; not even one that the beat of every minute waits for, as after a clock that was set back.
   */
  readonly askEveryMs: number;
  /** After a night that failed. One that fails for good is left to the next midnight, and to whoever was woken. */
  readonly retryAfterMs: readonly number[];
}

/** When the schedule asks, besides: the beat of node-cron, in the clock's minutes. */
const EVERY_MINUTE = '* * * * *';

const PACE: Pace = {
  askEveryMs: 5 * 60_000,
  retryAfterMs: [5, 10, 20, 30, 30, 60].map((minutes) => minutes * 60_000),
};

/** How far back the first night is looked for that ran at all, and so how many can be made up. */
const LOOK_BACK_DAYS = 366;

/** A schedule under way. */
export interface Schedule {
  /** Starts nothing more and waits for the job that is running. */
  stop(): Promise<void>;
}

/**
 * Runs each night as soon as it is due, and again what failed. It waits for no time of day, which a process that was
 * stopped, a machine that slept or a clock that was set would pass over: it asks every minute, by the clock and the run
 * table, what is due. Any number of processes may keep the schedule; the run rows let one do each job.
 */
export function startSchedule(deps: Deps, pace: Partial<Pace> = {}): Schedule {
  const stopping = new AbortController();
  const beat = new Beat();
  const task = schedule(EVERY_MINUTE, () => beat.strike(), { name: 'nights', logger: deps.log });
  const underWay = keepSchedule(deps, { pace: { ...PACE, ...pace }, beat, stopping: stopping.signal });
  return {
    async stop() {
      stopping.abort();
      beat.strike();
      await task.destroy();
      await underWay;
    },
  };
}

/** Lets a pause end early. */
class Beat {
  #struck = Promise.withResolvers<void>();

  strike(): void {
    this.#struck.resolve();
    this.#struck = Promise.withResolvers();
  }

  /** Pauses until the next strike, or for so long. */
  async pause(atMostMs: number): Promise<void> {
    const over = new AbortController();
    const timeout = wait(atMostMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([this.#struck.promise, timeout]);
    over.abort();
  }
}

interface Keeping {
  readonly pace: Pace;
  readonly beat: Beat;
  readonly stopping: AbortSignal;
}

async function keepSchedule(deps: Deps, { pace, beat, stopping }: Keeping): Promise<void> {
  const tries = new NightTries(pace.retryAfterMs);
  while (!stopping.aborted) {
    const through = lastDueNight(deps.clock.now(), deps.config.timeZone);
    if (tries.waitMs(through, performance.now()) === 0) {
      const isDone = await runDueNights(deps, () => stopping.aborted);
      tries.note(through, isDone, performance.now());
    }
    const pauseMs = Math.min(pace.askEveryMs, tries.waitMs(through, performance.now()) || Infinity);
    if (!stopping.aborted) await beat.pause(pauseMs);
  }
}

/** Runs every night that is due, in order, and tells whether all is done; what goes wrong is logged. */
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

/** The business dates whose night is due and not done, oldest first. */
async function listDueNights(deps: Deps): Promise<string[]> {
  const through = lastDueNight(deps.clock.now(), deps.config.timeZone);
  const names = jobs.map((job) => job.name);
  const runs = await listRuns(deps, { jobs: names, from: addDays(through, -LOOK_BACK_DAYS) });
  return determineDueNights({ through, jobs: names, runs });
}

interface NightResult {
  readonly businessDate: string;
  readonly result: JobResult;
  readonly summary: string;
}

function logResult({ log, clock, config }: Deps, { businessDate, result, summary }: NightResult): void {
  const levels = { done: 'info', parked: 'warn', held: 'info', failed: 'error' } as const;
  const lateSeconds = Math.round(secondsLate(businessDate, clock.now(), config.timeZone));
  log[levels[result]]({ businessDate, result, lateSeconds, summary }, 'night');
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
    watch: (job) => ({ ...noProgress, report: (line) => info({ job }, line), stop: () => {} }),
  };
}
