import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { claimRun, type Held } from './claim-run.ts';
import { LeasedRun, type RunOptions } from './leased-run.ts';
import { partitionTable } from './partition-table.ts';
import { watchStop } from './watch-stop.ts';
import type { JobWork } from './run-handle.ts';

/** How work ahead of a night ended, or why there was none to do. */
export type AheadOutcome =
  | { readonly kind: 'worked'; readonly facts: Readonly<Record<string, unknown>> }
  | { readonly kind: 'already-finished' }
  | { readonly kind: 'stopped' }
  | Held;

interface AheadRequest extends Pick<RunOptions, 'stopping'> {
  readonly job: string;
}

/**
 * Does, during a business date, what the night's job of that date would do at its end, under the lease of that run: no other
 * process works on the job meanwhile, of whatever date, and a night that comes to it waits. The run is given back, not finished:
 * the night of the date continues it, with its counters and what it has parked.
 *
 * @throws what the job throws, after the run is marked as failed; LeaseLost when another process has taken the run over; Stopped
 * when this process is stopping, or a person has stopped the run.
 */
export async function executeAhead(
  deps: Deps,
  { job, stopping }: AheadRequest,
  work: JobWork,
): Promise<AheadOutcome> {
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const key = { job, businessDate };
  const stop = await watchStop(deps, key);
  try {
    if (stop.isStopped()) return { kind: 'stopped' };
    const claim = await claimRun(deps, key);
    if (claim.kind !== 'claimed') return claim;
    const partitions = partitionTable(deps, key);
    const isStopping = () => stop.isStopped() || (stopping?.() ?? false);
    const run = new LeasedRun(deps, { lease: claim.lease, partitions, stopping: isStopping });
    return { kind: 'worked', facts: await run.performAhead(work) };
  } finally {
    stop.end();
  }
}
