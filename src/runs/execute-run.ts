import type { Deps } from '../deps.ts';
import { businessDateOf, isDate } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { claimRun, type Held } from './claim-run.ts';
import { LeasedRun, type FinishedRun, type RunOptions } from './leased-run.ts';
import { partitionTable } from './partition-table.ts';
import type { JobWork } from './run-handle.ts';

export interface RunRequest extends Pick<RunOptions, 'progress' | 'pollMs' | 'chunkSize' | 'stopping'> {
  readonly job: string;
  /** A business date that has ended, `YYYY-MM-DD`. */
  readonly businessDate: string;
}

/** How a run ended, or why there was nothing to do. */
export type RunOutcome =
  | ({ readonly kind: 'finished' } & FinishedRun)
  | { readonly kind: 'already-finished'; readonly finishedAt: Date }
  | Held;

/**
 * Executes one job for one business date, once: however many processes ask, one does it, and no other does the job
 * for another date meanwhile. A finished run is not done again; one that was interrupted or failed continues after its
 * last committed chunk.
 *
 * @throws Problem `business-date-not-over`; what the job throws, after the run is marked as failed; LeaseLost when
 * another process has taken the run over; Stopped when this process is stopping, after the run is given back.
 */
export async function executeRun(deps: Deps, request: RunRequest, work: JobWork): Promise<RunOutcome> {
  assertEnded(deps, request.businessDate);
  const { job, businessDate, ...options } = request;
  const claim = await claimRun(deps, { job, businessDate });
  if (claim.kind !== 'claimed') return claim;
  const { lease } = claim;
  const { attempt } = lease.claimed;
  if (attempt > 1) options.progress?.report(`continues where attempt ${attempt - 1} stopped`);
  const run = new LeasedRun(deps, { lease, partitions: partitionTable(deps, request), ...options });
  return { kind: 'finished', ...(await run.perform(work)) };
}

/** A run is for a day that is over: a day that has not ended has charges still to come. */
function assertEnded(deps: Deps, businessDate: string): void {
  if (!isDate(businessDate)) throw new RangeError(`not a date: ${businessDate}`);
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  if (businessDate < today) return;
  throw new Problem('business-date-not-over', {
    detail: `${businessDate} has not ended yet: today is ${today} in ${deps.config.timeZone}.`,
    facts: { businessDate, today },
  });
}
