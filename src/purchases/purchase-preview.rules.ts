import { fixDirectCapture } from '../charges/capture.rules.ts';
import type { SellingTerms } from '../contracts/selling-terms.queries.ts';
import type { Deps } from '../deps.ts';
import { assertWithinContract, checkLimits, roomOfMonth } from '../limits/assert-within-limits.ts';
import type { AssignedPeriod } from '../limits/assign-billing-period.ts';
import type { MonthRoom } from '../limits/limit-exceeded.ts';
import type { Spent } from '../limits/limit.rules.ts';
import type { LastingEntitlement } from '../lines/entitlement.queries.ts';
import {
  findPurchaseRefusal,
  PurchaseNotPermitted,
  type Purchase,
} from '../safeguards/permitted-purchase.rules.ts';
import { billingPeriodOf, dueDate, periodRange, type ClosingGroup } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { TaxCode } from '../shared/tax.rules.ts';
import type { DueMonth } from '../subscriptions/subscription.rules.ts';
import type { Sale } from './sale.ts';

type Configured = Pick<Deps, 'config'>;

/** What the use cases would find if the buyer confirmed now. */
export interface PurchaseFacts {
  readonly sale: Sale;
  readonly now: Date;
  readonly businessDate: string;
  readonly seller: SellingTerms | Problem;
  readonly buyer: (Month & { readonly entitlement: LastingEntitlement }) | Problem;
  /** The buyer's active subscription to the item. */
  readonly subscribedAs?: string | undefined;
  /** Of a subscription: its first charges. */
  readonly coming: readonly DueMonth[];
}

/** The billing period that takes a charge now, and what counts against its limits. */
export interface Month {
  readonly period: AssignedPeriod & { readonly closesOn: string };
  readonly spent: Spent;
}

/** The invoice of the line on which a charge is expected. */
export interface ExpectedInvoice {
  readonly chargedOn: string;
  /** `YYYY-MM`, the month that the billing period begins in. */
  readonly period: string;
  readonly closesOn: string;
  readonly dueOn: string;
}

/** What a buyer can know before the button. */
export interface PurchasePreview {
  /** Why the purchase would be refused now. */
  readonly problem: Problem | undefined;
  /** What is left of the buyer's month, without this purchase; undefined for somebody who may not buy at all. */
  readonly room: MonthRoom | undefined;
  /** Of the first charges; a charge that the seller captures later may be on a later one. */
  readonly invoices: readonly ExpectedInvoice[];
}

/**
 * What confirming would do now, by the rules that the use cases apply: seller, entitlement, item, contract, closed month,
 * limits. What other purchases change until the button is pressed is found by the use case.
 */
export function previewOf(deps: Configured, facts: PurchaseFacts): PurchasePreview {
  const { buyer, businessDate } = facts;
  const problem = findProblem(deps, facts);
  if (buyer instanceof Problem) return { problem, room: undefined, invoices: [] };
  const { period, spent, entitlement } = buyer;
  const room = roomOfMonth(deps, { ...period, spent, entitlement, businessDate });
  return { problem, room, invoices: expectInvoices(facts, period, entitlement.closingGroup) };
}

function findProblem(deps: Configured, facts: PurchaseFacts): Problem | undefined {
  const { sale, seller, buyer } = facts;
  if (seller instanceof Problem) return seller;
  const tooMuch = sale.kind === 'subscription' ? findAboveContract(sale.row.amountMinor, seller) : undefined;
  if (tooMuch) return tooMuch;
  if (buyer instanceof Problem) return buyer;
  const forbidden = findPurchaseRefusal(buyer.entitlement, purchaseOf(sale));
  return forbidden ? new PurchaseNotPermitted(forbidden) : findRefusal(deps, facts, { seller, buyer });
}

function purchaseOf(sale: Sale): Purchase {
  const { companyId, serviceId } = sale.row;
  const amountMinor = sale.kind === 'consent' ? undefined : sale.row.amountMinor;
  return { companyId, serviceId, ...(amountMinor !== undefined && { amountMinor }) };
}

interface Parties {
  readonly seller: SellingTerms;
  readonly buyer: Exclude<PurchaseFacts['buyer'], Problem>;
}

/** Why the purchase has no room, or no sense. */
function findRefusal(deps: Configured, facts: PurchaseFacts, parties: Parties): Problem | undefined {
  const { sale, coming, subscribedAs, businessDate } = facts;
  if (sale.kind === 'consent') return undefined;
  if (sale.kind === 'subscription') {
    if (subscribedAs !== undefined) return new Problem('already-subscribed');
    const isChargedNow = coming[0]?.dueOn === businessDate;
    return isChargedNow ? findDirectRefusal(deps, facts, { ...parties, sold: sale.row }) : undefined;
  }
  if (sale.row.automaticCapture) return findDirectRefusal(deps, facts, { ...parties, sold: sale.row });
  const { seller, buyer } = parties;
  const { amountMinor } = sale.row;
  const limits = checkLimits(deps, { ...seller, ...buyer, ...buyer.period, businessDate, amountMinor });
  return limits instanceof Problem ? limits : undefined;
}

/** Why a charge that is captured at once would be refused. */
function findDirectRefusal(
  deps: Configured,
  { now, businessDate }: PurchaseFacts,
  {
    seller,
    buyer,
    sold: { amountMinor, taxCode },
  }: Parties & { readonly sold: { readonly amountMinor: bigint; readonly taxCode: TaxCode } },
): Problem | undefined {
  const capture = { amountMinor, taxCode, capturedAt: now, businessDate, ...buyer, terms: seller };
  const facts = fixDirectCapture(deps, capture);
  return facts instanceof Problem ? facts : undefined;
}

function findAboveContract(amountMinor: bigint, seller: SellingTerms): Problem | undefined {
  try {
    assertWithinContract(amountMinor, seller);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

function expectInvoices(
  { sale, coming, businessDate }: PurchaseFacts,
  { period, closesOn }: Month['period'],
  closingGroup: ClosingGroup,
): ExpectedInvoice[] {
  const now = { chargedOn: businessDate, period, closesOn, dueOn: dueDate(closesOn) };
  if (sale.kind !== 'subscription') return [now];
  return coming.map(({ dueOn: chargedOn }) => {
    if (chargedOn === businessDate) return now;
    const later = billingPeriodOf(chargedOn, closingGroup);
    const range = periodRange(later, closingGroup);
    return { chargedOn, period: later, closesOn: range.closesOn, dueOn: dueDate(range.closesOn) };
  });
}
