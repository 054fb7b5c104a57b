import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../src/deps.ts';
import { describeRun } from '../src/runs/describe-run.ts';
import { findHeld } from '../src/runs/claim-run.ts';
import { executeRun } from '../src/runs/execute-run.ts';
import { assistRun } from '../src/runs/assist-run.ts';
import { countParked, findRun, type RunKey } from '../src/runs/run.queries.ts';
import { watchStop } from '../src/runs/watch-stop.ts';
import { Stopped } from '../src/runs/work-interrupted.ts';
import type { WatchedProgress } from '../src/runs/terminal-progress.ts';
import { describeError } from '../src/shared/describe-error.rules.ts';
import { Problem } from '../src/shared/problem.ts';
import { applyDueChanges } from './apply-due-changes.ts';
import { jobs as allJobs, type Job } from './jobs.ts';

/** Where the progress and the outcome of jobs are printed. */
export interface BatchOutput {
  line(text: string, of?: RunKey): void;
  error(text: string, of?: RunKey): void;
  watch(job: string): WatchedProgress;
}

export interface JobRequest {
  readonly businessDate: string;
  readonly chunkSize?: number | undefined;
  readonly output: BatchOutput;
  /** How often to ask whether the run of another process has ended. */
  readonly pollMs?: number | undefined;
  /** Asked before each job, partition and chunk: a process that is stopping starts no more, and the next one continues. */
  readonly stopping?: (() => boolean) | undefined;
}

/**
 * `done`: finished, now or before. `parked`: the same, and subjects were parked. `held`: another process runs it, or this
 * one is stopping. `stopped`: a person has stopped it.
 */
export type JobResult = 'done' | 'parked' | 'held' | 'stopped' | 'failed';

/** Whether nothing is left to do. */
export function isComplete(result: JobResult | undefined): boolean {
  return result === 'done' || result === 'parked';
}

/** Runs one job and prints its outcome. An error is printed, logged and returned as a result. */
export async function runJob(deps: Deps, job: Job, request: JobRequest): Promise<JobResult> {
  const { businessDate, chunkSize, output, pollMs, stopping } = request;
  const key = { job: job.name, businessDate };
  const stop = await watchStop(deps, key);
  // A stop that came as the run finished stops nothing more.
  if (stop.isStopped() && (await findRun(deps, key))?.state !== 'finished') {
    stop.end();
    output.error(
      `${job.name} for ${businessDate} is stopped by a person until somebody starts it again`,
      key,
    );
    return 'stopped';
  }
  const progress = output.watch(job.name);
  try {
    const isStopping = () => stop.isStopped() || (stopping?.() ?? false);
    const run = { ...key, chunkSize, progress, pollMs, stopping: isStopping };
    const outcome = await executeRun(deps, run, job.work);
    progress.stop();
    for (const line of await describeRun(deps, key, outcome)) output.line(line, key);
    if (outcome.kind === 'held') return 'held';
    return (await countParked(deps, { jobs: [job.name], businessDate })).size > 0 ? 'parked' : 'done';
  } catch (error) {
    progress.stop();
    if (error instanceof Stopped) {
      output.line(`${job.name} for ${businessDate} was stopped; run it again to continue`, key);
      return stop.isStopped() ? 'stopped' : 'held';
    }
    output.error(`${job.name} for ${businessDate} failed: ${describeError(error).message}`, key);
    // The message of a Problem is enough; for any other error the stack is needed.
    if (!(error instanceof Problem)) deps.log.error({ err: error, ...key }, 'a batch job failed');
    return 'failed';
  } finally {
    stop.end();
  }
}

export interface NightRequest extends JobRequest {
  readonly jobs?: readonly Job[];
}

const POLL_MS = 500;

/**
 * Runs the jobs of a night in their order, after the changes of companies and services that are due. A job that fails does
 * not stop the jobs that do not need it; one whose needs have not finished is left out, and a line names it.
 *
 * Several processes may run the same night: one leads each job, the others assist with the partitions of its large steps
 * and wait for it. A process that did not wait would run later jobs out of order, and two that each skipped a job of the
 * other would never close a period. When a process dies, its job and partitions are taken over: at once on the same
 * machine, elsewhere when the lease has expired.
 */
export async function runNight(deps: Deps, request: NightRequest): Promise<JobResult> {
  const { jobs = allJobs, stopping = () => false, output } = request;
  const results = new Map<string, JobResult>();
  if (stopping()) return 'held';
  await applyDueChanges(deps, output);
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
  return (['failed', 'stopped', 'held', 'parked'] as const).find((result) => all.has(result)) ?? 'done';
}

/** Runs a job; first assists the process that runs it, and waits. `held` only when this process stops meanwhile. */
export async function runInTurn(deps: Deps, job: Job, request: JobRequest): Promise<JobResult> {
  const { stopping = () => false, pollMs = POLL_MS, output } = request;
  const result = await runJob(deps, job, request);
  if (result !== 'held' || stopping()) return result;
  output.line(`waiting for ${job.name}`);
  for (;;) {
    const held = await findHeld(deps, job.name);
    if (held) {
      // A run of an earlier night as well: this one starts when that has ended.
      await help(deps, job, { ...request, businessDate: held.businessDate });
      await pause(pollMs);
    } else {
      const again = await runJob(deps, job, request);
      if (again !== 'held') return again;
    }
    if (stopping()) return 'held';
  }
}

/** Works on the free partitions of a job, and prints how many it did. */
async function help(deps: Deps, job: Job, request: JobRequest): Promise<void> {
  const { businessDate, chunkSize, output, stopping } = request;
  if (!job.partitions) return;
  const key = { job: job.name, businessDate };
  const stop = await watchStop(deps, key);
  const isStopping = () => stop.isStopped() || (stopping?.() ?? false);
  const run = { ...key, partitions: job.partitions, chunkSize, stopping: isStopping };
  const count = await assistRun(deps, run).finally(() => stop.end());
  if (count > 0) output.line(`${job.name} for ${businessDate}: assisted with ${count} partitions`);
}
