import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { PartitionHandle } from '../runs/partition-handle.ts';
import type { WorkHandle } from '../runs/run-handle.ts';
import { WorkInterrupted } from '../runs/work-interrupted.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { reasonOf } from '../shared/reason.ts';
import { listDue, type DueCursor, type LinePartition } from './due-subscriptions.queries.ts';
import { renewChunk } from './renew-chunk.ts';
import { addSteps, countStepOutcomes, unbilledBecause } from './renewal-figures.rules.ts';

/** Subscriptions in one transaction. */
export const CHUNK_SIZE = 500;

/** Renews the due subscriptions of one set of lines, as a partition of a night. */
export function renewPartition(deps: Deps, partition: PartitionHandle<LinePartition>): Promise<void> {
  return renewAllDue(deps, partition, partition.plan);
}

/**
 * Bills the due months of the subscriptions of a set of lines, or of all lines, month after month. Counts renewal steps;
 * steps that are announced already are not announced again.
 */
export async function renewAllDue(deps: Deps, work: WorkHandle, partition?: LinePartition): Promise<void> {
  for (const state of ['active', 'leaving'] as const) {
    while (await scanDue(deps, work, { state, partition }));
  }
  // Cancelled meanwhile, or billed by a joining or another process.
  if (work.remaining > 0) await work.inChunk(async () => ({ skipped: work.remaining }));
}

/**
 * Renews what is due in one state, in the order of the due dates, one month of each subscription. A subscription whose next
 * month is due, too, comes up again later in the scan. True when the scan had passed that date already: then a further scan
 * bills it in the same night.
 */
async function scanDue(
  deps: Deps,
  work: WorkHandle,
  lines: { readonly state: 'active' | 'leaving'; readonly partition: LinePartition | undefined },
): Promise<boolean> {
  const { businessDate, chunkSize: limit = CHUNK_SIZE } = work;
  let isLeft = false;
  for (let after: DueCursor | undefined; ;) {
    const page = await listDue(deps, { businessDate, ...lines, after, limit });
    after = page.at(-1);
    if (after === undefined) return isLeft;
    work.announce(Math.max(0, page.length - work.remaining));
    const { nextDueOn: reached } = after;
    const stillDue = await renewPage(
      deps,
      work,
      page.map(({ id }) => id),
    );
    isLeft ||= stillDue.some((dueOn) => dueOn <= reached);
  }
}

/**
 * Renews a page in one transaction. When one subscription makes it fail, each is renewed in a transaction of its own and
 * the failing one is parked. Returns the dates on which subscriptions of the page are due again.
 */
async function renewPage(deps: Deps, work: WorkHandle, ids: readonly string[]): Promise<string[]> {
  try {
    return (await work.inChunk((tx) => renewAndCount(tx, work, ids))).stillDue;
  } catch (error) {
    if (error instanceof WorkInterrupted) throw error;
    deps.log.warn({ err: error, subscriptions: ids.length }, 'a chunk of renewals failed; one by one now');
    const stillDue: string[] = [];
    for (const id of ids) stillDue.push(...(await renewOne(deps, work, id)));
    return stillDue;
  }
}

async function renewOne(deps: Deps, work: WorkHandle, id: string): Promise<string[]> {
  try {
    return (await work.inChunk((tx) => renewAndCount(tx, work, [id]))).stillDue;
  } catch (error) {
    if (error instanceof WorkInterrupted) throw error;
    deps.log.error({ err: error, subscription: id }, 'a subscription was not renewed');
    // Fails too when the database or the run is lost, and that ends the job.
    await work.inChunk(async (tx) => {
      await work.park(tx, { subject: publicId('subscription', id), reason: reasonOf(error) });
      return { parked: 1 };
    });
    return [];
  }
}

async function renewAndCount(tx: InTransaction<Deps>, work: WorkHandle, ids: readonly string[]) {
  const steps = await renewChunk(tx, { ids, businessDate: work.businessDate });
  for (const step of steps) {
    const problem = unbilledBecause(step);
    if (!problem) continue;
    const subject = `${publicId('subscription', step.subscriptionId)}/${step.month}`;
    const reason = `${step.outcome?.kind}: ${problem.code}, ${problem.message}`;
    await work.park(tx, { subject, reason });
  }
  const { done, parked } = countStepOutcomes(steps);
  const skipped = ids.length - done - parked;
  const stillDue = steps.flatMap(({ stillDueOn }) => stillDueOn ?? []);
  return { done, parked, skipped, stillDue, facts: { ...addSteps(work.facts, steps) } };
}
