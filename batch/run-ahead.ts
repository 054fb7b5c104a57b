import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../src/deps.ts';
import { executeAhead } from '../src/runs/execute-ahead.ts';
import { countParked } from '../src/runs/run.queries.ts';
import { Stopped } from '../src/runs/work-interrupted.ts';
import { businessDateOf } from '../src/shared/calendar.rules.ts';
import { describeError } from '../src/shared/describe-error.rules.ts';
import type { Job } from './jobs.ts';
import type { JobRequest, JobResult } from './night.ts';

const POLL_MS = 500;

/**
 * Does today what the job's night would do at its end, once no other process runs the job. The night continues the run. An error is
 * printed, logged and returned as a result.
 */
export async function runAhead(
  deps: Deps,
  job: Job,
  { output, stopping = () => false, pollMs = POLL_MS }: Omit<JobRequest, 'businessDate'>,
): Promise<JobResult> {
  const key = () => ({
    job: job.name,
    businessDate: businessDateOf(deps.clock.now(), deps.config.timeZone),
  });
  const parkedSoFar = async () =>
    (await countParked(deps, { jobs: [job.name], ...key() })).get(job.name) ?? 0;
  try {
    for (;;) {
      // The attempts of a day share their run, and its counter.
      const before = await parkedSoFar();
      const outcome = await executeAhead(deps, { job: job.name, stopping }, job.work);
      if (outcome.kind === 'stopped') return 'stopped';
      if (outcome.kind !== 'held') return (await parkedSoFar()) > before ? 'parked' : 'done';
      if (stopping()) return 'held';
      await pause(pollMs);
    }
  } catch (error) {
    if (error instanceof Stopped) return stopping() ? 'held' : 'stopped';
    output.error(`${job.name}, ahead of its night, failed: ${describeError(error).message}`, key());
    deps.log.error({ err: error, ...key() }, 'a batch job failed');
    return 'failed';
  }
}
