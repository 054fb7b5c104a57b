import { isProcessDead } from './process-identity.ts';
import type { RunRow } from './run.queries.ts';

/** `running`: a process works on it. `open`: none does, and the next one continues it. */
export type RunState = 'finished' | 'failed' | 'running' | 'open';

/** How a run stands. A process that is known to be dead, or that gives no sign of life, works on nothing. */
export function runStateOf({
  state,
  heldBy,
  leaseHolds,
}: Pick<RunRow, 'state' | 'heldBy' | 'leaseHolds'>): RunState {
  if (state !== 'running') return state;
  return heldBy !== null && leaseHolds && !isProcessDead(heldBy) ? 'running' : 'open';
}
