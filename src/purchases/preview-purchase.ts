import type { Actor } from '../access/actor.ts';
import { offeredTo } from '../access/owned-by.ts';
import { getTermsOfNewSale } from '../contracts/selling-terms.queries.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { readSpending } from '../limits/batch-spending.ts';
import { readSpendingToHold } from '../limits/landing-periods.queries.ts';
import { previewBillingPeriod } from '../limits/preview-billing-period.ts';
import { getPurchaseEntitlement, type Buyer } from '../lines/entitlement.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { findActiveSubscription } from '../subscriptions/active-subscription.queries.ts';
import { listComingCharges, type JoiningHistory } from '../subscriptions/coming-charges.rules.ts';
import { previewOf, type PurchaseFacts, type PurchasePreview } from './purchase-preview.rules.ts';
import type { Sale } from './sale.ts';

interface Previewed {
  readonly sale: Sale;
  /** What the buyer and the line have had of a subscription's item. */
  readonly history: JoiningHistory;
}

/**
 * What confirming a sale would do now, for a subscriber who has signed in: why it would be refused, what is left of the
 * month, and the invoice it is expected on. Locks and changes nothing.
 */
export function previewPurchase(deps: Deps, actor: Actor, input: Previewed): Promise<PurchasePreview> {
  const { buyer } = offeredTo(actor);
  return inTransaction(deps, async (tx) => previewOf(tx, await readFacts(tx, buyer, input)));
}

async function readFacts(
  tx: InTransaction<Deps>,
  buyer: Buyer,
  { sale, history }: Previewed,
): Promise<PurchaseFacts> {
  const now = tx.clock.now();
  const businessDate = businessDateOf(now, tx.config.timeZone);
  const { companyId, serviceId } = sale.row;
  const service = { companyId, service: { id: serviceId }, businessDate };
  const facts = {
    sale,
    now,
    businessDate,
    seller: await orProblem(getTermsOfNewSale(tx, service)),
    buyer: await orProblem(readMonth(tx, buyer, { sale, businessDate })),
  };
  if (sale.kind !== 'subscription') return { ...facts, coming: [] };
  const item = { subscriberId: buyer.subscriberId, serviceId, itemCode: sale.row.itemCode };
  const coming = listComingCharges(sale.row, businessDate, history);
  return { ...facts, coming, subscribedAs: await findActiveSubscription(tx, item) };
}

async function readMonth(
  tx: InTransaction<Deps>,
  buyer: Buyer,
  { sale, businessDate }: { readonly sale: Sale; readonly businessDate: string },
) {
  const entitlement = await getPurchaseEntitlement(tx, buyer, businessDate);
  const period = await previewBillingPeriod(tx, { ...entitlement, businessDate });
  const buying = { entitlement, period, businessDate };
  const isHeld = sale.kind === 'charge' && !sale.row.automaticCapture;
  const spent = isHeld ? await readSpendingToHold(tx, buying) : (await readSpending(tx, [buying])).of(buying);
  return { entitlement, period, spent };
}

/** The Problem that a query throws is one of the facts. */
async function orProblem<T>(query: Promise<T>): Promise<T | Problem> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof Problem && error.status < 500) return error;
    throw error;
  }
}
