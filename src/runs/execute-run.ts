import type { Deps } from '../deps.ts';
import { businessDateOf, isDate } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { claimRun, type ClaimedRun } from './claim-run.ts';
import { HeldRun } from './held-run.ts';
import type { RunCounts } from './run-counts.rules.ts';
import type { JobWork } from './run-handle.ts';
import { LeaseLost } from './run-lease.ts';
import { unwatched, type RunProgress } from './run-progress.ts';

const HEARTBEAT_MS = 15_000;

export interface RunRequest {
  readonly job: string;
  /** A business date that has ended, `YYYY-MM-DD`. */
  readonly businessDate: string;
  /** Rows a chunk may touch; jobs have a default of their own. */
  readonly chunkSize?: number | undefined;
  readonly progress?: RunProgress;
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
  | { readonly kind: 'held'; readonly heldBy: string; readonly since: Date };

/**
 * Executes one job for one business date, once: however many processes ask, one does it. One that finished
 * is not done again; one that was cut off or failed goes on where its last chunk was committed.
 *
 * @throws Problem `business-date-not-over`; whatever the job threw, after the run is marked as failed;
 * LeaseLost when another process took the run over.
 */
export async function executeRun(deps: Deps, request: RunRequest, work: JobWork): Promise<RunOutcome> {
  assertEnded(deps, request.businessDate);
  const claim = await claimRun(deps, { job: request.job, businessDate: request.businessDate });
  if (claim.kind !== 'claimed') return claim;
  const run = hold(deps, request, claim.run);
  const heartbeat = setInterval(() => void renew(deps, run), HEARTBEAT_MS).unref();
  try {
    await run.finish(await work(deps, run));
  } catch (error) {
    await markFailed(deps, run, error);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
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

function hold(deps: Deps, { chunkSize, progress = unwatched }: RunRequest, claimed: ClaimedRun): HeldRun {
  if (claimed.attempt > 1) progress.say(`goes on where attempt ${claimed.attempt - 1} stopped`);
  return new HeldRun(deps, { claimed, chunkSize, progress });
}

/** A renewal that fails is no news by itself: the next chunk finds out whether the run is still ours. */
async function renew(deps: Deps, run: HeldRun): Promise<void> {
  try {
    await run.renewLease();
  } catch (error) {
    deps.log.warn({ err: error, job: run.job, businessDate: run.businessDate }, 'the lease was not renewed');
  }
}

async function markFailed(deps: Deps, run: HeldRun, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  try {
    await run.fail(error);
  } catch (failure) {
    // The first error tells more; the lease runs out by itself.
    deps.log.error(
      { err: failure, job: run.job, businessDate: run.businessDate },
      'the run was not marked as failed',
    );
  }
}
