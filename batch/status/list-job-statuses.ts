import type { Deps } from '../../src/deps.ts';
import { isProcessDead } from '../../src/runs/process-identity.ts';
import { findRun, type RunRow } from '../../src/runs/run.queries.ts';
import { jobs } from '../jobs.ts';
import type { JobState, JobStatus } from './night-status.rules.ts';

/** The jobs of one night in their order, each as the run table has it. */
export function listJobStatuses(deps: Deps, businessDate: string): Promise<JobStatus[]> {
  return Promise.all(
    jobs.map(async ({ name }) =>
      statusOf({ job: name, businessDate }, await findRun(deps, { job: name, businessDate })),
    ),
  );
}

function statusOf(key: { job: string; businessDate: string }, row: RunRow | undefined): JobStatus {
  return {
    ...key,
    state: row ? stateOf(row) : 'waiting',
    startedAt: row?.startedAt ?? null,
    finishedAt: row?.finishedAt ?? null,
    parked: Number(row?.parked ?? 0),
    error: row?.error ?? null,
    heldBy: row?.heldBy ?? null,
  };
}

function stateOf({ state, heldBy, leaseHolds }: RunRow): JobState {
  if (state !== 'running') return state;
  return heldBy !== null && leaseHolds && !isProcessDead(heldBy) ? 'running' : 'stalled';
}
