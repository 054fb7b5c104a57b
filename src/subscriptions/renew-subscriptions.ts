import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { reasonOf } from '../shared/reason.ts';
import { countVisits, listCandidates, type CandidateCursor } from './renewal-candidate.queries.ts';
import { renewChunk } from './renew-chunk.ts';
import { addVisits, countVisitOutcomes, unsettledBecause } from './renewal-figures.rules.ts';

const CHUNK = 500;

/**
 * Night job: settles the months of subscriptions that fell due through the run's business date, those that
 * missed nights left behind included, and ends the subscriptions whose last month is settled or whose line is no
 * longer entitled. Counts visits of a subscription: one for each month to settle. A refused month is parked
 * and over; what failed for another reason is parked, still due, and tried again the next night.
 */
export async function renewSubscriptions(
  deps: Deps,
  run: RunHandle,
): Promise<Readonly<Record<string, unknown>>> {
  const announced = await countVisits(deps, run.businessDate);
  run.expect(announced);
  let handled = 0;
  for (const state of ['active', 'leaving'] as const) {
    for (let isLeft = true; isLeft;) {
      isLeft = await walk(deps, run, state, (visits) => {
        run.expect(Math.max(0, handled + visits - Math.max(announced, handled)));
        handled += visits;
      });
    }
  }
  // Left meanwhile, or settled by a joining or another process.
  if (handled < announced) await run.inChunk(async () => ({ skipped: announced - handled }));
  return run.facts;
}

/**
 * Visits the candidates of a state once through, by open month. One that is moved on to its next month comes
 * up again, unless others are further on already: true when such a one was left behind, and another walk
 * is to settle it tonight.
 */
async function walk(
  deps: Deps,
  run: RunHandle,
  state: 'active' | 'leaving',
  announce: (visits: number) => void,
): Promise<boolean> {
  const limit = run.chunkSize ?? CHUNK;
  let isLeft = false;
  for (let after: CandidateCursor | undefined; ;) {
    const page = await listCandidates(deps, { businessDate: run.businessDate, state, after, limit });
    after = page.at(-1);
    if (after === undefined) return isLeft;
    announce(page.length);
    const reached = after.renewedThrough ?? '';
    const unfinished = await renewPage(
      deps,
      run,
      page.map(({ id }) => id),
    );
    isLeft ||= unfinished.some((month) => month <= reached);
  }
}

/**
 * One transaction for all; when one of them spoils it, one for each, and the bad one is set aside. Returns the
 * months that were settled of those that have more to settle.
 */
async function renewPage(deps: Deps, run: RunHandle, ids: readonly string[]): Promise<string[]> {
  try {
    return (await run.inChunk((tx) => renewAndCount(tx, run, ids))).unfinished;
  } catch (error) {
    deps.log.warn({ err: error, subscriptions: ids.length }, 'a chunk of renewals failed; one by one now');
    const unfinished: string[] = [];
    for (const id of ids) unfinished.push(...(await renewOne(deps, run, id)));
    return unfinished;
  }
}

async function renewOne(deps: Deps, run: RunHandle, id: string): Promise<string[]> {
  try {
    return (await run.inChunk((tx) => renewAndCount(tx, run, [id]))).unfinished;
  } catch (error) {
    deps.log.error({ err: error, subscription: id }, 'a subscription was not renewed');
    // Fails too when the database or the run is lost, and that ends the job.
    await run.inChunk(async (tx) => {
      await run.park(tx, { subject: publicId('subscription', id), reason: reasonOf(error) });
      return { parked: 1 };
    });
    return [];
  }
}

async function renewAndCount(tx: InTransaction<Deps>, run: RunHandle, ids: readonly string[]) {
  const visits = await renewChunk(tx, { ids, businessDate: run.businessDate });
  for (const visit of visits) {
    const problem = unsettledBecause(visit);
    if (!problem) continue;
    const subject = `${publicId('subscription', visit.subscriptionId)}/${visit.month}`;
    const reason = `${visit.outcome?.kind}: ${problem.code}, ${problem.message}`;
    await run.park(tx, { subject, reason });
  }
  const { done, parked } = countVisitOutcomes(visits);
  const skipped = ids.length - done - parked;
  const unfinished = visits.flatMap(({ month, isUnfinished }) => (isUnfinished && month ? [month] : []));
  return { done, parked, skipped, unfinished, facts: { ...addVisits(run.facts, visits) } };
}
