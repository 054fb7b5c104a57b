import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import { checkLimits } from '../limits/assert-within-limits.ts';
import { readSpending } from '../limits/batch-spending.ts';
import { captureEntries } from '../charges/charge-entries.rules.ts';
import { getSellingTerms, type SellingTerms } from '../contracts/selling-terms.queries.ts';
import { assignBillingPeriods, type AssignedPeriod } from '../limits/assign-billing-period.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { bookSpending } from '../limits/line-spending.ts';
import { Problem } from '../shared/problem.ts';
import type { MonthOutcome, MonthWish } from './month-outcome.ts';
import { newMonthlyCharge, type MonthlyCharge } from './monthly-charge.ts';
import {
  findSettledMonths,
  monthKey,
  recordMonths,
  type SettledMonth,
} from './subscription-month.queries.ts';
import { isFreeAsLast } from './subscription.rules.ts';

interface Chargeable {
  readonly index: number;
  readonly wish: MonthWish;
  readonly seller: SellingTerms;
}

/**
 * Settles due months, many in one transaction, with an outcome each in the order given: captures what is to be
 * charged and records every month that is over. Amounts before on the same tenure count against its limits.
 */
export async function chargeMonths(
  tx: InTransaction<Deps>,
  wishes: readonly MonthWish[],
): Promise<MonthOutcome[]> {
  if (wishes.length === 0) return [];
  const outcomes = new Map<number, MonthOutcome>();
  const before = await findSettledMonths(tx, wishes);
  const chargeables = await selectChargeable(tx, { wishes, before }, outcomes);
  const days = chargeables.map(({ wish }) => ({ ...wish.entitlement, businessDate: wish.due.dueOn }));
  const periods = await assignBillingPeriods(tx, days);
  const charges = await captureWithinLimits(tx, { chargeables, periods }, outcomes);
  await insertCharges(tx, charges);
  const settled = wishes.map((wish, index) => ({ ...wish, outcome: outcomes.get(index)! }));
  await recordMonths(tx, settled, before);
  return settled.map(({ outcome }) => outcome);
}

interface Wished {
  readonly wishes: readonly MonthWish[];
  /** Months that were settled before this transaction. */
  readonly before: ReadonlyMap<string, SettledMonth>;
}

/** Those that are neither free nor had before, and whose company may sell on the day they are due. */
async function selectChargeable(
  tx: InTransaction<Deps>,
  { wishes, before }: Wished,
  outcomes: Map<number, MonthOutcome>,
): Promise<Chargeable[]> {
  const settled = new Map(before);
  const sellers = new Map<string, SellingTerms | Problem>();
  const chargeables: Chargeable[] = [];
  for (const [index, wish] of wishes.entries()) {
    const key = monthKey(wish);
    const known = settled.get(key);
    if (known && !isChargedAfterAll(known, wish)) {
      outcomes.set(index, { kind: 'taken' });
      continue;
    }
    const seller = wish.due.outcome === 'free' ? undefined : await findSeller(tx, wish, sellers);
    if (seller instanceof Problem && seller.code === 'contract-missing') {
      outcomes.set(index, { kind: 'waiting', problem: seller });
      continue;
    }
    settled.set(key, {
      subscriptionId: wish.subscription.id,
      isFreeAsLast: isFreeAsLast(wish.subscription, wish.due),
    });
    if (seller instanceof Problem) outcomes.set(index, { kind: 'refused', problem: seller });
    else if (seller) chargeables.push({ index, wish, seller });
    else outcomes.set(index, { kind: 'free' });
  }
  return chargeables;
}

/** Who left in a month that was free as the last one, and comes back in it, pays for it after all (domain.md §2). */
function isChargedAfterAll(known: SettledMonth, { subscription, due }: MonthWish): boolean {
  return known.isFreeAsLast && known.subscriptionId !== subscription.id && due.outcome === 'charge';
}

/** The seller on the due date, or why there is none; asked once a service and day. */
async function findSeller(
  tx: InTransaction<Deps>,
  { subscription, due }: MonthWish,
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

async function captureWithinLimits(
  tx: InTransaction<Deps>,
  { chargeables, periods }: { chargeables: readonly Chargeable[]; periods: readonly AssignedPeriod[] },
  outcomes: Map<number, MonthOutcome>,
): Promise<MonthlyCharge[]> {
  const buyings = chargeables.map(({ wish }, i) => ({ ...wish, period: periods[i]! }));
  const spending = await readSpending(tx, buyings);
  return chargeables.flatMap(({ index, seller }, i) => {
    const buying = buyings[i]!;
    const { entitlement, subscription, due, period } = buying;
    const { amountMinor } = subscription;
    const { perChargeMaxMinor } = seller;
    const businessDate = due.dueOn;
    const request = { ...period, entitlement, businessDate, amountMinor, perChargeMaxMinor };
    const limits =
      period.late && seller.lateCharges === 'refuse'
        ? new Problem('period-closed')
        : checkLimits(tx, { ...request, spent: spending.of(buying) });
    if (limits instanceof Problem) {
      outcomes.set(index, { kind: 'refused', problem: limits });
      return [];
    }
    spending.add(buying, amountMinor);
    const charge = newMonthlyCharge(tx, { ...buying, limits });
    outcomes.set(index, { kind: 'charged', charge });
    return [charge];
  });
}

async function insertCharges(tx: InTransaction<Deps>, charges: readonly MonthlyCharge[]): Promise<void> {
  if (charges.length === 0) return;
  await sqlOf(tx.em).insertInto('charge').values(charges).execute();
  await bookSpending(
    tx,
    charges.map(({ lineId, holderFrom, billingPeriod, amountMinor }) => ({
      lineId,
      holderFrom,
      period: billingPeriod,
      amountMinor,
    })),
  );
  await postEntries(
    tx,
    charges.flatMap((charge) => captureEntries({ ...charge, heldMinor: 0n })),
  );
}
