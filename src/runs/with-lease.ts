import type { Deps } from '../deps.ts';
import type { LeasedWork } from './leased-work.ts';
import { LeaseLost } from './work-interrupted.ts';

const HEARTBEAT_MS = 15_000;

/** Keeps the lease while work goes on. What the work throws is written into the row, unless it only stops; and thrown on. */
export async function withLease(deps: Deps, held: LeasedWork, work: () => Promise<void>): Promise<void> {
  const heartbeat = setInterval(() => void renew(deps, held), HEARTBEAT_MS).unref();
  try {
    await work();
  } catch (error) {
    await markFailed(deps, held, error);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A renewal that fails is no news by itself: the next chunk finds out whether the lease is still ours. */
async function renew(deps: Deps, held: LeasedWork): Promise<void> {
  try {
    await held.renewLease();
  } catch (error) {
    deps.log.warn({ err: error, ...nameOf(held) }, 'the lease was not renewed');
  }
}

async function markFailed(deps: Deps, held: LeasedWork, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  try {
    await held.fail(error);
  } catch (failure) {
    // The first error tells more; the lease runs out by itself.
    deps.log.error({ err: failure, ...nameOf(held) }, 'the run was not marked as failed');
  }
}

const nameOf = ({ job, businessDate, part }: LeasedWork) => ({ job, businessDate, ...(part && { part }) });
