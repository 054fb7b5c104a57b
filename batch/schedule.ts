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

/** How far back the first night is looked for that ran at all. */
const LOOK_BACK_DAYS = 366;

/** A schedule under way. */
export interface Schedule {
  /** Starts nothing more and waits for the job that is running. */
  stop(): Promise<void>;
}

/**
 * Runs the nights on time, and first those that were missed while no process was up: node-cron forgets,
 * the run table does not. Any number of processes may keep the schedule; the run rows let one do each job.
 */
export function startSchedule(deps: Deps): Schedule {
  let stopping = false;
  let underWay = Promise.resolve();
  const runNights = () => {
    underWay = underWay.then(() => runMissedNights(deps, () => stopping));
    return underWay;
  };
  const tasks = timetable.map(({ name, cron }) =>
    schedule(cron, runNights, { name, timezone: deps.config.timeZone, noOverlap: true, logger: deps.log }),
  );
  void runNights();
  return {
    async stop() {
      stopping = true;
      for (const task of tasks) await task.destroy();
      await underWay;
    },
  };
}

/** Runs every night that is due, in order; what goes wrong is logged and tried again with the next one. */
export async function runMissedNights(deps: Deps, stopping: () => boolean): Promise<void> {
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
      if (stopping()) return;
      const result = await runNight(deps, { businessDate, stopping, output: logOutput(deps) });
      deps.log.info({ businessDate, result }, 'night');
    }
  } catch (error) {
    deps.log.error({ err: error }, 'the nights could not be run');
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
    line: (text) => info({}, text),
    error: (text) => log.error(text),
    watch: (job) => ({ ...unwatched, say: (line) => info({ job }, line), stop: () => {} }),
  };
}
