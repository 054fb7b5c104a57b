import type { DemoCompany, DemoGoods, DemoMonthlyItem, DemoService } from './demo-company.ts';
import type { PlannedAccount } from './plan-accounts.ts';
import type { RefundReason } from '../../../src/refunds/refund-reason.rules.ts';
import type { ClosingGroup } from '../../../src/shared/calendar.rules.ts';

/** Everything that will happen in a demo world, decided before anything happens. Instants are epoch milliseconds. */
export interface WorldPlan {
  readonly companies: readonly DemoCompany[];
  /** People of the carrier and of the first company. */
  readonly accounts: readonly PlannedAccount[];
  readonly lines: readonly PlannedLine[];
  readonly subscribers: readonly PlannedSubscriber[];
  readonly consents: readonly PlannedConsent[];
  /** In the order in which they happen. */
  readonly events: readonly DemoEvent[];
  /** The last date of the world. */
  readonly endDate: string;
  /** Rows of `charge` when all is over. */
  readonly chargeCount: number;
}

export interface PlannedHolder {
  readonly holder: string;
  readonly validFrom: string;
  readonly birthDate?: string;
  readonly email?: string;
}

export interface PlannedLine {
  readonly lineId: string;
  readonly closingGroup: ClosingGroup;
  readonly holder: PlannedHolder;
  /** Who takes the line over in mid-month. */
  readonly nextHolder?: PlannedHolder;
}

/** A row of the line master: a line and who holds it. */
export interface PlannedTenure {
  readonly line: PlannedLine;
  readonly holder: PlannedHolder;
}

export interface PlannedSubscriber {
  readonly key: string;
  readonly line: PlannedLine;
  readonly displayName: string;
  /** Only those who go through a checkout have one. */
  readonly password?: string;
  /** When the ID is issued. */
  readonly at: number;
}

export interface PlannedConsent {
  readonly key: string;
  readonly company: DemoCompany;
  readonly service: DemoService;
  readonly subscriber: PlannedSubscriber;
  readonly at: number;
}

interface PlannedSale {
  readonly at: number;
  readonly company: DemoCompany;
  readonly service: DemoService;
  readonly subscriber: PlannedSubscriber;
  readonly goods: Pick<DemoGoods, 'description' | 'taxCode'>;
  /** Tax included, whole yen. */
  amountMinor: number;
}

/** A use under a standing consent. */
export interface PlannedUsage extends PlannedSale {
  readonly consent: PlannedConsent;
  readonly via: DemoCompany['usageBy'];
  /** The line has moved to another holder: the use must be refused. */
  readonly isRefused?: boolean;
  /** Its amount is part of a case: no average is brought about by it. */
  readonly isFixed?: boolean;
}

/** A use that the company gives back, whole or in part. */
export interface PlannedRefund {
  readonly at: number;
  readonly usage: PlannedUsage;
  /** All of it where left out. */
  readonly amountMinor?: number;
  readonly reason: RefundReason;
  /** How the holder gets it: on an invoice, or by bank where the line has moved and has none any more. */
  readonly paidBy: 'invoice' | 'bank';
}

/** What the carrier says of an invoice that is not simply collected; `collected` after it has said something else. */
export interface PlannedOutcome {
  readonly line: PlannedLine;
  readonly result: 'partial' | 'uncollected' | 'pending' | 'collected';
  /** All of it where left out. */
  readonly collectedMinor?: number;
}

/** A file of the carrier: every invoice of the period that is due and has no result is collected, but for the outcomes. */
export interface PlannedResults {
  readonly period: string;
  /** All of the period where left out. */
  readonly dueThrough?: string;
  readonly outcomes: readonly PlannedOutcome[];
}

/** What becomes of a one-time sale after the company has asked for it. */
export type CheckoutEnding =
  | { readonly kind: 'captured' }
  | { readonly kind: 'captured-later'; readonly at: number; readonly amountMinor: number }
  | { readonly kind: 'cancelled'; readonly at: number }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'declined' }
  /** Nobody confirms it: it expires in the night, or stays pending when there is none to come. */
  | { readonly kind: 'unconfirmed' }
  /** Confirmed, and never captured: the authorization runs out. */
  | { readonly kind: 'uncaptured' };

export interface PlannedCheckout extends PlannedSale {
  readonly key: string;
  readonly ending: CheckoutEnding;
}

export interface PlannedSubscription {
  readonly key: string;
  readonly at: number;
  readonly leavesAt?: number;
  readonly company: DemoCompany;
  readonly service: DemoService;
  readonly item: DemoMonthlyItem;
  readonly subscriber: PlannedSubscriber;
}

/** A charge that a subscription will bring about. */
export interface PlannedMonthly {
  readonly at: number;
  readonly company: DemoCompany;
  readonly subscriber: PlannedSubscriber;
  readonly amountMinor: number;
}

/** Something that happens at an instant of the world. */
export type DemoEvent = { readonly at: number } & (
  | { readonly kind: 'issue'; readonly subscribers: readonly PlannedSubscriber[] }
  /** Agreed to on the checkout page. */
  | { readonly kind: 'agree'; readonly consent: PlannedConsent }
  /** Agreed to before the demo looks: recorded by the same use cases. */
  | { readonly kind: 'agreed'; readonly consents: readonly PlannedConsent[] }
  | { readonly kind: 'usage'; readonly usage: PlannedUsage }
  | { readonly kind: 'usage-batch'; readonly company: DemoCompany; readonly usages: readonly PlannedUsage[] }
  | { readonly kind: 'usage-file'; readonly company: DemoCompany; readonly usages: readonly PlannedUsage[] }
  | { readonly kind: 'checkout'; readonly checkout: PlannedCheckout }
  | { readonly kind: 'capture'; readonly checkout: PlannedCheckout; readonly amountMinor: number }
  | { readonly kind: 'cancel'; readonly checkout: PlannedCheckout }
  | { readonly kind: 'join'; readonly subscription: PlannedSubscription }
  | { readonly kind: 'leave'; readonly subscription: PlannedSubscription }
  | { readonly kind: 'refund'; readonly refund: PlannedRefund }
  /** The carrier's people enter the account of a former holder who gets something back. */
  | { readonly kind: 'refund-account'; readonly subscriber: PlannedSubscriber }
  | { readonly kind: 'results-file'; readonly results: PlannedResults }
  | { readonly kind: 'order-payouts' }
  /** The bank's results of all transfers whose day has come; with `returnsOf` one of that company, if there is one, comes back. */
  | { readonly kind: 'payout-results'; readonly returnsOf?: string }
  | { readonly kind: 'line-file'; readonly tenures: readonly PlannedTenure[] }
  | { readonly kind: 'night'; readonly businessDate: string }
);
