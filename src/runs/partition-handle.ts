import type { Deps } from '../deps.ts';
import type { RunCounts } from './run-counts.rules.ts';
import type { WorkHandle } from './run-handle.ts';

/** One partition of a step: its plan (JSON, e.g. a range of keys) and how much there is to do. */
export interface PlannedPartition<Plan> {
  readonly plan: Plan;
  /** In what the job counts; 0 where its partitions are not counted. */
  readonly expected: number;
}

/** What the work of a partition sees of it. Facts and counters are its own: an interrupted partition is continued after its last committed chunk. */
export interface PartitionHandle<Plan> extends WorkHandle {
  readonly plan: Plan;
}

/** The work of a partition, in any process. Two may run it at once when one has lost its lease; that one commits nothing. */
export type PartitionWork<Plan> = (deps: Deps, partition: PartitionHandle<Plan>) => Promise<void>;

/** A step of a job that is run in partitions. */
export interface PartitionedStep<Plan> {
  /** The name of its work among the job's `partitions` (batch/jobs.ts), for the processes that assist. ASCII, without `/`. */
  readonly step: string;
  /** Distinguishes several such steps of one run, e.g. by billing period. */
  readonly of?: string;
  readonly work: PartitionWork<Plan>;
  /** Plans the partitions, once for all attempts, in the order in which they are begun. At most 1,000. */
  readonly plan: () => Promise<readonly PlannedPartition<Plan>[]>;
}

/** A finished partition. */
export interface FinishedPartition<Plan> {
  readonly plan: Plan;
  readonly counts: RunCounts;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Some partitions of a step failed; the message names the first and its error. */
export class PartitionsFailed extends Error {
  override readonly name = 'PartitionsFailed';
}
