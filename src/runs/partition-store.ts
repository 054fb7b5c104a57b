import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Lease, Manifest } from './lease.ts';
import type { PlannedPartition } from './partition-handle.ts';
import type { RunCounts } from './run-counts.rules.ts';

/** A partition as it stands. */
export interface PartitionState {
  readonly part: string;
  readonly state: 'running' | 'finished' | 'failed';
  readonly error: string | null;
  readonly counts: RunCounts;
  readonly manifest: Manifest;
}

/**
 * The partitions of one run. `prefix` selects those whose names begin with it, all when it is empty. In the service
 * they are rows of the table `run` (partition-table.ts).
 */
export interface PartitionStore {
  /** In the order of their names; in a transaction, as that sees them. */
  list(prefix: string, tx?: InTransaction<Deps>): Promise<readonly PartitionState[]>;
  /** Creates the partitions of a plan, free to be claimed. */
  insert(
    tx: InTransaction<Deps>,
    prefix: string,
    planned: readonly PlannedPartition<unknown>[],
  ): Promise<void>;
  /** Frees those that failed in an earlier attempt. */
  reopenFailed(tx: InTransaction<Deps>, prefix: string): Promise<void>;
  /** Takes the lease of the first free partition; undefined when there is none. */
  claim(prefix: string): Promise<Lease | undefined>;
}

/** The beginning of the names of a step's partitions: `STEP/0001` or `STEP/OF/0001`. */
export function prefixOf({ step, of }: { readonly step: string; readonly of?: string | undefined }): string {
  return of === undefined ? `${step}/` : `${step}/${of}/`;
}

/** The name of the nth partition of a plan, from 1. */
export function partitionName(prefix: string, nth: number): string {
  return `${prefix}${String(nth).padStart(4, '0')}`;
}
