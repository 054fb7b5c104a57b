import type { Deps } from '../deps.ts';
import { businessDateOf, isDate } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { claimRun, type Held } from './claim-run.ts';
import { LeasedRun } from './leased-run.ts';
import type { RunCounts } from './run-counts.rules.ts';
import type { JobWork } from './run-handle.ts';
import { noProgress, type RunProgress } from './run-progress.ts';
import type { Claimed } from './take-lease.ts';
import { withLease } from './with-lease.ts';

/** How often to look at parts that others work on. */
const POLL_MS = 500;

export interface RunRequest {
  readonly job: string;
  /** A business date that has ended, `YYYY-MM-DD`. */
  readonly businessDate: string;
  /** Rows a chunk may touch; jobs have a default of their own. */
  readonly chunkSize?: number | undefined;
  readonly progress?: RunProgress;
  /** How often to look at parts that other processes work on. */
  readonly pollMs?: number | undefined;
  /** Asked before each chunk: a process that is to end gives the run back. */
  readonly stopping?: (() => boolean) | undefined;
}

/** How a run ended, or why there was nothing to do. */
export type RunOutcome =
  | {
      readonly kind: 'finished';
      readonly counts: RunCounts;
      readonly facts: Readonly<Record<string, unknown>>;
      readonly attempt: number;
      /** Working time of all attempts. */
      readonly elapsedMs: number;
    }
  | { readonly kind: 'already-finished'; readonly finishedAt: Date }
  | Held;

/**
 * Executes one job for one business date, once: however many processes ask, one does it, and no other does the job
 * for another date meanwhile. One that finished is not done again; one that was cut off or failed goes on where its
 * last chunk was committed.
 *
 * @throws Problem `business-date-not-over`; whatever the job threw, after the run is marked as failed;
 * LeaseLost when another process took the run over; Stopped when this one is to end, with the run given back.
 */
export async function executeRun(deps: Deps, request: RunRequest, work: JobWork): Promise<RunOutcome> {
  assertEnded(deps, request.businessDate);
  const claim = await claimRun(deps, { job: request.job, businessDate: request.businessDate });
  if (claim.kind !== 'claimed') return claim;
  const run = hold(deps, request, claim.run);
  await withLease(deps, run, async () => {
    await run.refreshPartitions();
    await run.finish(await work(deps, run));
  });
  const { counts, facts, elapsedMs } = run;
  return { kind: 'finished', counts, facts, elapsedMs, attempt: claim.run.attempt };
}

/** A night is the night **after** its business date: a day that goes on has charges still to come. */
function assertEnded(deps: Deps, businessDate: string): void {
  if (!isDate(businessDate)) throw new RangeError(`not a date: ${businessDate}`);
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  if (businessDate < today) return;
  throw new Problem('business-date-not-over', {
    detail: `${businessDate} has not ended yet: today is ${today} in ${deps.config.timeZone}.`,
    facts: { businessDate, today },
  });
}

function hold(deps: Deps, request: RunRequest, claimed: Claimed): LeasedRun {
  const { chunkSize, progress = noProgress, pollMs = POLL_MS, stopping } = request;
  if (claimed.attempt > 1) progress.report(`goes on where attempt ${claimed.attempt - 1} stopped`);
  return new LeasedRun(deps, { claimed, chunkSize, progress, pollMs, stopping });
}
