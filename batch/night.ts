import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../src/deps.ts';
import { describeRun } from '../src/runs/describe-run.ts';
import { findHeld } from '../src/runs/claim-run.ts';
import { executeRun } from '../src/runs/execute-run.ts';
import { assistRun } from '../src/runs/assist-run.ts';
import { countParked, type RunKey } from '../src/runs/run.queries.ts';
import { Stopped } from '../src/runs/work-interrupted.ts';
import type { WatchedProgress } from '../src/runs/terminal-progress.ts';
import { describeError } from '../src/shared/describe-error.rules.ts';
import { Problem } from '../src/shared/problem.ts';
import { jobs as allJobs, type Job } from './jobs.ts';

/** Where a job tells what it is doing and what came of it. */
export interface BatchOutput {
  line(text: string, of?: RunKey): void;
  error(text: string, of?: RunKey): void;
  watch(job: string): WatchedProgress;
}

export interface JobRequest {
  readonly businessDate: string;
  readonly chunkSize?: number | undefined;
  readonly output: BatchOutput;
  /** How often to look whether work that another process is at has ended. */
  readonly pollMs?: number | undefined;
  /** Asked before each job, part and chunk: a process that is to end starts no more, and the next goes on behind it. */
  readonly stopping?: (() => boolean) | undefined;
}

/**
 * `done` also when it had finished before; `parked` the same, with subjects that were set aside; `held` when another
 * process is at it, or this one is to end.
 */
export type JobResult = 'done' | 'parked' | 'held' | 'failed';

/** Whether nothing is left to do. */
export function isComplete(result: JobResult | undefined): boolean {
  return result === 'done' || result === 'parked';
}

/** Runs one job and tells what came of it. Its errors are told, logged and become a result. */
export async function runJob(deps: Deps, job: Job, request: JobRequest): Promise<JobResult> {
  const { businessDate, chunkSize, output, pollMs, stopping } = request;
  const key = { job: job.name, businessDate };
  const progress = output.watch(job.name);
  try {
    const outcome = await executeRun(deps, { ...key, chunkSize, progress, pollMs, stopping }, job.work);
    progress.stop();
    for (const line of await describeRun(deps, key, outcome)) output.line(line, key);
    if (outcome.kind === 'held') return 'held';
    return (await countParked(deps, { jobs: [job.name], businessDate })).size > 0 ? 'parked' : 'done';
  } catch (error) {
    progress.stop();
    if (error instanceof Stopped) {
      output.line(`${job.name} for ${businessDate} was stopped; run it again to continue`, key);
      return 'held';
    }
    output.error(`${job.name} for ${businessDate} failed: ${describeError(error).message}`, key);
    // A Problem says all in its message; anything else is a fault that somebody has to look into.
    if (!(error instanceof Problem)) deps.log.error({ err: error, ...key }, 'a batch job failed');
    return 'failed';
  }
}

export interface NightRequest extends JobRequest {
  readonly jobs?: readonly Job[];
}

const POLL_MS = 500;

/**
 * Runs the jobs of a night in their order. A job that fails does not stop those that do without it; a job
 * whose needs have not finished is left out, and said so.
 *
 * Several processes may run the same night: each job is led by one of them, and the others help with the parts of
 * its large steps and wait for it, for whoever went past it would do the jobs out of their order, and where each had
 * gone past one of the other's, nobody would close. Of a process that dies, job and parts are taken over: at once
 * on the same machine, elsewhere when the lease has run out.
 */
export async function runNight(deps: Deps, request: NightRequest): Promise<JobResult> {
  const { jobs = allJobs, stopping = () => false, output } = request;
  const results = new Map<string, JobResult>();
  for (const job of jobs) {
    if (stopping()) return 'held';
    const missing = job.needs.find((need) => results.has(need) && !isComplete(results.get(need)));
    if (missing !== undefined) {
      const key = { job: job.name, businessDate: request.businessDate };
      output.error(`${key.job} for ${key.businessDate} left out: ${missing} has not finished`, key);
      results.set(job.name, results.get(missing) ?? 'failed');
    } else {
      results.set(job.name, await runInTurn(deps, job, request));
    }
  }
  const all = new Set(results.values());
  return (['failed', 'held', 'parked'] as const).find((result) => all.has(result)) ?? 'done';
}

/** Runs a job, after helping and waiting for whoever is at it. `held` only when this process is to end meanwhile. */
export async function runInTurn(deps: Deps, job: Job, request: JobRequest): Promise<JobResult> {
  const { stopping = () => false, pollMs = POLL_MS, output } = request;
  const result = await runJob(deps, job, request);
  if (result !== 'held' || stopping()) return result;
  output.line(`waiting for ${job.name}`);
  for (;;) {
    const held = await findHeld(deps, job.name);
    if (held) {
      // Of an earlier night as well: the sooner it is over, the sooner this one goes on.
      await help(deps, job, { ...request, businessDate: held.businessDate });
      await pause(pollMs);
    } else {
      const again = await runJob(deps, job, request);
      if (again !== 'held') return again;
    }
    if (stopping()) return 'held';
  }
}

/** Works on the parts of a job that nobody is at, and tells how many. */
async function help(deps: Deps, job: Job, request: JobRequest): Promise<void> {
  const { businessDate, chunkSize, output, stopping } = request;
  if (!job.partitions) return;
  const run = { job: job.name, businessDate, partitions: job.partitions, chunkSize, stopping };
  const count = await assistRun(deps, run);
  if (count > 0) output.line(`${job.name} for ${businessDate}: assisted with ${count} partitions`);
}
