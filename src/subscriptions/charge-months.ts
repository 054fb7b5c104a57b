import type { Deps } from '../deps.ts';
import { runPipeline } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import { decideCaptures, persistCaptures } from '../charges/capture-sales.ts';
import { getSellingTerms, type SellingTerms } from '../contracts/selling-terms.queries.ts';
import { Problem } from '../shared/problem.ts';
import type { MonthOutcome, MonthRequest } from './month-outcome.ts';
import { monthlySale } from './monthly-sale.ts';
import { findSettledMonths, monthKey, recordMonths } from './subscription-month.queries.ts';
import { isBilledAlready, type BilledMonth } from './rejoining.rules.ts';
import { isFreeAsLast } from './subscription.rules.ts';

interface Chargeable {
  readonly index: number;
  readonly request: MonthRequest;
  readonly seller: SellingTerms;
}

/**
 * Bills due months, many in one transaction, with an outcome each in the order given: captures what is to be charged, as
 * `decideCaptures` does, and records every month that is over. Rejoining in a month is not charged twice
 * (`isBilledAlready`).
 */
export async function chargeMonths(
  tx: InTransaction<Deps>,
  requests: readonly MonthRequest[],
): Promise<MonthOutcome[]> {
  if (requests.length === 0) return [];
  const outcomes = new Map<number, MonthOutcome>();
  const before = await findSettledMonths(tx, requests);
  const chargeables = await selectChargeable(tx, { requests, before }, outcomes);
  const sales = chargeables.map(({ request, seller }) => monthlySale(tx, request, seller));
  const decided = await decideCaptures(tx, sales);
  const charges = decided.flatMap((outcome) => (outcome.kind === 'captured' ? [outcome.charge] : []));
  await runPipeline(tx.em, await persistCaptures(tx, charges));
  for (const [i, { index }] of chargeables.entries()) {
    const outcome = decided[i]!;
    outcomes.set(index, outcome.kind === 'refused' ? outcome : { kind: 'charged', charge: outcome.charge });
  }
  const settled = requests.map((request, index) => ({ ...request, outcome: outcomes.get(index)! }));
  await recordMonths(tx, settled, before);
  return settled.map(({ outcome }) => outcome);
}

interface Requested {
  readonly requests: readonly MonthRequest[];
  /** Months that were billed before this transaction. */
  readonly before: ReadonlyMap<string, BilledMonth>;
}

/** Those that are neither free nor had before, and whose company may sell on the day they are due. */
async function selectChargeable(
  tx: InTransaction<Deps>,
  { requests, before }: Requested,
  outcomes: Map<number, MonthOutcome>,
): Promise<Chargeable[]> {
  const settled = new Map(before);
  const sellers = new Map<string, SellingTerms | Problem>();
  const chargeables: Chargeable[] = [];
  for (const [index, request] of requests.entries()) {
    const key = monthKey(request);
    const known = settled.get(key);
    if (isBilledAlready(known, { subscriptionId: request.subscription.id, due: request.due })) {
      outcomes.set(index, { kind: 'taken' });
      continue;
    }
    const seller = request.due.outcome === 'free' ? undefined : await findSeller(tx, request, sellers);
    if (seller instanceof Problem && seller.code === 'contract-missing') {
      outcomes.set(index, { kind: 'waiting', problem: seller });
      continue;
    }
    settled.set(key, {
      subscriptionId: request.subscription.id,
      isFreeAsLast: isFreeAsLast(request.subscription, request.due),
      isRefunded: false,
    });
    if (seller instanceof Problem) outcomes.set(index, { kind: 'refused', problem: seller });
    else if (seller) chargeables.push({ index, request, seller });
    else outcomes.set(index, { kind: 'free' });
  }
  return chargeables;
}

/** The seller on the due date, or why there is none; asked once a service and day. */
async function findSeller(
  tx: InTransaction<Deps>,
  { subscription, due }: MonthRequest,
  known: Map<string, SellingTerms | Problem>,
): Promise<SellingTerms | Problem> {
  const { companyId, serviceId } = subscription;
  const key = `${serviceId}|${due.dueOn}`;
  const found = known.get(key);
  if (found) return found;
  const asked = getSellingTerms(tx, { companyId, service: { id: serviceId }, businessDate: due.dueOn });
  const seller = await asked.catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
  known.set(key, seller);
  return seller;
}
