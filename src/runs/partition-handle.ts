import type { Deps } from '../deps.ts';
import type { RunCounts } from './run-counts.rules.ts';
import type { WorkHandle } from './run-handle.ts';

/** One part of a step as it was cut: a plan (JSON, e.g. a range of keys) and how much there is to do in it. */
export interface PlannedPartition<Plan> {
  readonly plan: Plan;
  /** In whatever the job counts; 0 where its parts are not counted. */
  readonly expected: number;
}

/**
 * The view that whoever works on a part has of it. Facts and counters are the part's own: a part that was cut off
 * is carried on by whoever takes it over, after the last of its committed chunks.
 */
export interface PartitionHandle<Plan> extends WorkHandle {
  readonly plan: Plan;
}

/** Does a part, in any process and more than once at the worst: one that lost its lease can commit nothing. */
export type PartitionWork<Plan> = (deps: Deps, part: PartitionHandle<Plan>) => Promise<void>;

/** A step of a job that is cut into parts. */
export interface PartitionedStep<Plan> {
  /** Which work of the job's `parts` (batch/jobs.ts) does it, for the processes that help. ASCII, without `/`. */
  readonly step: string;
  /** Tells several such steps of one run apart, e.g. by billing period. */
  readonly of?: string;
  readonly work: PartitionWork<Plan>;
  /** Cuts the step, once for all attempts; the order is that in which the parts are begun. At most 1,000. */
  readonly plan: () => Promise<readonly PlannedPartition<Plan>[]>;
}

/** A part that is done. */
export interface FinishedPartition<Plan> {
  readonly plan: Plan;
  readonly counts: RunCounts;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Parts of a step that failed; the message names the first and its reason. */
export class PartitionsFailed extends Error {
  override readonly name = 'PartitionsFailed';
}
