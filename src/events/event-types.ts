/** Amounts are in minor units. No event identifies a line or a subscriber: companies see events. */
interface ChargeSnapshot {
  readonly serviceId: number;
  readonly kind: 'one_time' | 'monthly' | 'usage';
  readonly amountMinor: bigint;
  readonly capturedMinor: bigint | null;
  readonly taxCode: 'standard' | 'reduced';
  readonly reference: string | null;
}

interface EndedCharge extends ChargeSnapshot {
  readonly endedBy: string;
}

interface RefundedCharge extends ChargeSnapshot {
  readonly refundId: string;
  readonly refundMinor: bigint;
  /** Of the charge so far, with this. */
  readonly refundedMinor: bigint;
  readonly reason: string;
  readonly refundReference: string | null;
  readonly refundedBy: 'company' | 'carrier';
  readonly paidBy: 'invoice' | 'bank';
}

interface ConsentSnapshot {
  readonly serviceId: number;
  readonly perChargeMaxMinor: bigint | null;
}

interface SubscriptionSnapshot {
  readonly serviceId: number;
  readonly itemCode: string;
  readonly amountMinor: bigint;
  readonly taxCode: 'standard' | 'reduced';
  readonly reference: string | null;
}

interface MonthSnapshot extends SubscriptionSnapshot {
  readonly month: string;
}

interface PaymentRequestSnapshot {
  readonly serviceId: number;
  readonly amountMinor: bigint;
  readonly taxCode: 'standard' | 'reduced';
  readonly reference: string | null;
  /** Public identifier of the charge by which it was paid; none otherwise. */
  readonly charge: string | null;
}

interface Validity {
  readonly validFrom: string;
  readonly validTo: string | null;
}

interface PayoutSnapshot {
  readonly kind: 'settlement' | 'refund';
  readonly amountMinor: bigint;
  readonly reference: string;
}

interface ClawbackSnapshot {
  /** Of the invoices: the original period. */
  readonly billingPeriod: string;
  readonly bookedOn: string;
  readonly amountMinor: bigint;
  readonly invoiceCount: number;
  readonly chargeCount: number;
}

/**
 * The types of event there are, each with what it keeps of its subject as it was then. A captured usage or monthly charge
 * has none: its row is the event (design.md §8).
 */
export interface EventSnapshots {
  'charge.authorized': ChargeSnapshot;
  'charge.captured': ChargeSnapshot;
  'charge.cancelled': EndedCharge;
  'charge.expired': EndedCharge;
  /** All of a captured charge, or a part of it, was given back. The charge itself does not change. */
  'charge.refunded': RefundedCharge;
  'consent.granted': ConsentSnapshot;
  'consent.declined': ConsentSnapshot;
  'consent.revoked': ConsentSnapshot;
  'consent.expired': ConsentSnapshot;
  'subscription.joined': SubscriptionSnapshot;
  'subscription.declined': SubscriptionSnapshot;
  /** A month was billed; `charge` is none where it was free or had been had before. */
  'subscription.renewed': MonthSnapshot & { readonly charge: string | null };
  /** A month was not billed, with the code of the problem. */
  'subscription.renewal-refused': MonthSnapshot & { readonly problem: string };
  /** The subscriber leaves; the month of leaving may still be billed. */
  'subscription.cancelled': SubscriptionSnapshot & { readonly leftOn: string };
  'subscription.ended': SubscriptionSnapshot & { readonly leftOn: string };
  'subscription.expired': SubscriptionSnapshot;
  /** A subscriber wrote to the company about a purchase. What was written is not in it, nor who wrote. */
  'enquiry.created': {
    readonly serviceId: number;
    readonly subjectKind: 'charge' | 'subscription' | 'consent';
    readonly subjectId: string;
    readonly topic: string;
  };
  'payment-request.confirmed': PaymentRequestSnapshot;
  'payment-request.declined': PaymentRequestSnapshot;
  'payment-request.expired': PaymentRequestSnapshot;
  'payment-request.withdrawn': PaymentRequestSnapshot;
  'settlement.drafted': {
    readonly number: string;
    /** Counts the drafts of the settlement. */
    readonly revision: number;
    readonly billingPeriod: string;
    readonly billedMinor: bigint;
    readonly refundedMinor: bigint;
    readonly feeExTaxMinor: bigint;
    readonly feeTaxMinor: bigint;
    readonly setUpExTaxMinor: bigint;
    readonly setUpTaxMinor: bigint;
    readonly clawbackMinor: bigint;
    readonly recoveryMinor: bigint;
    readonly transferFeeMinor: bigint;
    /** Left out where the company pays no commission. */
    readonly commissionMinor?: bigint;
    readonly payoutMinor: bigint;
    readonly carriedOutMinor: bigint;
    readonly payoutOn: string;
  };
  /**
   * What the carrier could not collect of a company's charges of one billing period is the company's again. One event for each entry
   * of the ledger: an import that touches thousands of charges has one for each company, period and transaction. Subject: the journal
   * of the entry, which the rows of `clawback` name. The settlement that takes it over says so by `settlement.drafted`.
   */
  'clawback.booked': ClawbackSnapshot;
  /** Of what was clawed back, some was collected after all, and is the company's. Subject: as of `clawback.booked`. */
  'clawback.recovered': ClawbackSnapshot;
  /** A transfer was ordered from the bank. `reference`: number of the settlement, or identifier of the refund. */
  'payout.sent': PayoutSnapshot & { readonly payOn: string };
  'payout.settled': PayoutSnapshot & { readonly resultOn: string };
  /** The reason is the bank's. */
  'payout.returned': PayoutSnapshot & { readonly resultOn: string; readonly reason: string };
  /**
   * `payoutOn`: when its payout is transferred, as its statement says: the day that is due, or the first one that could be ordered after
   * the approval; null without a payout.
   */
  'settlement.approved': {
    readonly number: string;
    readonly billingPeriod: string;
    readonly revision: number;
    readonly payoutMinor: bigint;
    readonly carriedOutMinor: bigint;
    readonly payoutOn: string | null;
  };
  'settlement.rejected': {
    readonly number: string;
    readonly billingPeriod: string;
    readonly revision: number;
    readonly reason: string;
  };
  /** Subject: `2026-05/31`. */
  'billing-period.closed': {
    readonly invoiceCount: number;
    readonly itemCount: number;
    readonly totalMinor: bigint;
  };
  /** Subject: the company's code. */
  'company.created': { readonly name: string; readonly nameEn: string };
  /** Names of the terms that changed, with blanks between them. */
  'company.edited': { readonly fields: string; readonly validFrom: string };
  'company.suspended': Readonly<Record<string, never>>;
  'company.activated': Readonly<Record<string, never>>;
  /** Subject: `company/service`. */
  'service.created': { readonly name: string; readonly nameEn: string };
  /** Names of the terms that changed, with blanks between them. */
  'service.edited': { readonly fields: string };
  'service.suspended': Readonly<Record<string, never>>;
  'service.activated': Readonly<Record<string, never>>;
  /** Subject: `company/2026-04-01`. */
  'contract.created': Validity & { readonly tariffCode: string };
  'contract.ended': Validity;
  /** Subject: `company/version`. The account itself is not in it: a message may leak. */
  'bank-account.recorded': { readonly approval: string | null };
  'api-key.issued': { readonly label: string; readonly scopes: string };
  'api-key.revoked': { readonly label: string };
}

export type EventType = keyof EventSnapshots;
