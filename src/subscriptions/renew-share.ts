import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { PartitionHandle } from '../runs/partition-handle.ts';
import type { WorkHandle } from '../runs/run-handle.ts';
import { WorkInterrupted } from '../runs/work-interrupted.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { reasonOf } from '../shared/reason.ts';
import { listCandidates, type CandidateCursor, type LineShare } from './renewal-candidate.queries.ts';
import { renewChunk } from './renew-chunk.ts';
import { addVisits, countVisitOutcomes, unsettledBecause } from './renewal-figures.rules.ts';

/** Subscriptions in one transaction. */
export const CHUNK_SIZE = 500;

/** Renews the subscriptions of one share of the lines, as a partition of a night. */
export function renewPartition(deps: Deps, partition: PartitionHandle<LineShare>): Promise<void> {
  return renewShare(deps, partition, partition.plan);
}

/**
 * Settles what is due of the subscriptions of a share of the lines, or of all lines, month after month. Counts visits;
 * what is announced already is not announced again.
 */
export async function renewShare(deps: Deps, work: WorkHandle, share?: LineShare): Promise<void> {
  for (const state of ['active', 'leaving'] as const) {
    while (await walk(deps, work, { state, share }));
  }
  // Left meanwhile, or settled by a joining or another process.
  if (work.remaining > 0) await work.inChunk(async () => ({ skipped: work.remaining }));
}

/**
 * Visits the candidates of a state once through, by open month. One that is moved on to its next month comes
 * up again, unless others are further on already: true when such a one was left behind, and another walk
 * is to settle it tonight.
 */
async function walk(
  deps: Deps,
  work: WorkHandle,
  lines: { readonly state: 'active' | 'leaving'; readonly share: LineShare | undefined },
): Promise<boolean> {
  const { businessDate, chunkSize: limit = CHUNK_SIZE } = work;
  let isLeft = false;
  for (let after: CandidateCursor | undefined; ;) {
    const page = await listCandidates(deps, { businessDate, ...lines, after, limit });
    after = page.at(-1);
    if (after === undefined) return isLeft;
    work.announce(Math.max(0, page.length - work.remaining));
    const reached = after.renewedThrough ?? '';
    const unfinished = await renewPage(
      deps,
      work,
      page.map(({ id }) => id),
    );
    isLeft ||= unfinished.some((month) => month <= reached);
  }
}

/**
 * One transaction for all; when one of them spoils it, one for each, and the bad one is set aside. Returns the
 * months that were settled of those that have more to settle.
 */
async function renewPage(deps: Deps, work: WorkHandle, ids: readonly string[]): Promise<string[]> {
  try {
    return (await work.inChunk((tx) => renewAndCount(tx, work, ids))).unfinished;
  } catch (error) {
    if (error instanceof WorkInterrupted) throw error;
    deps.log.warn({ err: error, subscriptions: ids.length }, 'a chunk of renewals failed; one by one now');
    const unfinished: string[] = [];
    for (const id of ids) unfinished.push(...(await renewOne(deps, work, id)));
    return unfinished;
  }
}

async function renewOne(deps: Deps, work: WorkHandle, id: string): Promise<string[]> {
  try {
    return (await work.inChunk((tx) => renewAndCount(tx, work, [id]))).unfinished;
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
  const visits = await renewChunk(tx, { ids, businessDate: work.businessDate });
  for (const visit of visits) {
    const problem = unsettledBecause(visit);
    if (!problem) continue;
    const subject = `${publicId('subscription', visit.subscriptionId)}/${visit.month}`;
    const reason = `${visit.outcome?.kind}: ${problem.code}, ${problem.message}`;
    await work.park(tx, { subject, reason });
  }
  const { done, parked } = countVisitOutcomes(visits);
  const skipped = ids.length - done - parked;
  const unfinished = visits.flatMap(({ month, isUnfinished }) => (isUnfinished && month ? [month] : []));
  return { done, parked, skipped, unfinished, facts: { ...addVisits(work.facts, visits) } };
}
