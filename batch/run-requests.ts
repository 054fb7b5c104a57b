import type { Deps } from '../src/deps.ts';
import { assertNeedsMet } from '../src/runs/assert-needs-met.ts';
import { lastDueNight } from '../src/runs/night-due.rules.ts';
import {
  endRunRequest,
  renewRunRequest,
  takeRunRequest,
  type TakenRequest,
} from '../src/runs/take-run-request.ts';
import { Problem } from '../src/shared/problem.ts';
import { applyDueChanges } from './apply-due-changes.ts';
import { findJob } from './jobs.ts';
import { runInTurn, runNight, type JobResult } from './night.ts';
import { logOutput } from './nights.ts';
import { runAhead } from './run-ahead.ts';
import type { TimetableEntry } from './timetable-entry.ts';

const LOOK_EVERY_MS = 2_000;
const RENEW_EVERY_MS = 15_000;

/**
 * Runs what people ask for on pages, one after another: a pass takes as long as what it runs. The run table watches the runs
 * themselves; the metrics of the loop watch that requests are taken and kept, and the console says of a request that no process
 * takes it.
 */
export function runRequests(): TimetableEntry {
  return {
    name: 'run-requests',
    everyMs: LOOK_EVERY_MS,
    work: async (deps, stopping, progressed) => {
      while (!stopping.aborted) {
        const request = await takeRunRequest(deps);
        if (!request) break;
        await perform(deps, request, { stopping: () => stopping.aborted, progressed });
      }
      return {};
    },
  };
}

interface Performance {
  readonly stopping: () => boolean;
  readonly progressed: (() => void) | undefined;
}

async function perform(
  deps: Deps,
  request: TakenRequest,
  { stopping, progressed }: Performance,
): Promise<void> {
  const renewal = setInterval(() => void renew(deps, request, progressed), RENEW_EVERY_MS).unref();
  let result: JobResult = 'failed';
  try {
    result = await run(deps, request, stopping);
  } finally {
    clearInterval(renewal);
    // Held: this process is stopping, and another one continues.
    await endRunRequest(deps, request, result === 'held' ? undefined : result);
  }
  progressed?.();
}

async function run(
  deps: Deps,
  { job: name, businessDate }: TakenRequest,
  stopping: () => boolean,
): Promise<JobResult> {
  const output = logOutput(deps);
  if (name === 'night') return runNight(deps, { businessDate, output, stopping });
  const job = findJob(name);
  if (!job) throw new Error(`there is no job ${name}`);
  const key = { job: name, businessDate };
  const missing = await assertNeedsMet(deps, key).then(() => undefined, asMissing);
  // What it needs was opened again since it was asked for.
  if (missing !== undefined) {
    output.error(missing, key);
    return 'failed';
  }
  await applyDueChanges(deps, output);
  if (businessDate > lastDueNight(deps.clock.now(), deps.config.timeZone))
    return runAhead(deps, job, { output, stopping });
  return runInTurn(deps, job, { businessDate, output, stopping });
}

/** @throws what is not the refusal of a job that needs others */
function asMissing(error: unknown): string {
  if (error instanceof Problem && error.code === 'run-needs-missing') return error.message;
  throw error;
}

/** A renewal that fails is only logged: if the lease ends, another process waits for the same run. */
async function renew(deps: Deps, request: TakenRequest, progressed?: () => void): Promise<void> {
  try {
    await renewRunRequest(deps, request);
    progressed?.();
  } catch (error) {
    deps.log.warn({ err: error, request: request.id }, 'the request of a run was not renewed');
  }
}
