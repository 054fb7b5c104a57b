import type { Deps } from '../deps.ts';
import type { LeasedWork } from './leased-work.ts';
import { LeaseLost } from './work-interrupted.ts';

const HEARTBEAT_MS = 15_000;

/** Renews the lease while `perform` runs. Records an error on the run, unless the process is stopping, and rethrows it. */
export async function withLease<T>(deps: Deps, work: LeasedWork, perform: () => Promise<T>): Promise<T> {
  const heartbeat = setInterval(() => void renew(deps, work), HEARTBEAT_MS).unref();
  try {
    return await perform();
  } catch (error) {
    await recordError(deps, work, error);
    throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

/** A failed renewal is only logged: the next chunk finds out whether the lease still holds. */
async function renew(deps: Deps, work: LeasedWork): Promise<void> {
  try {
    await work.renewLease();
  } catch (error) {
    deps.log.warn({ err: error, ...factsOf(work) }, 'the lease was not renewed');
  }
}

async function recordError(deps: Deps, work: LeasedWork, error: unknown): Promise<void> {
  if (error instanceof LeaseLost) return;
  try {
    await work.fail(error);
  } catch (failure) {
    // The caller gets the first error, which explains more; the lease expires by itself.
    deps.log.error({ err: failure, ...factsOf(work) }, 'the run was not marked as failed');
  }
}

function factsOf({ claimed: { job, businessDate, part } }: LeasedWork) {
  return { job, businessDate, ...(part && { part }) };
}
