import type { CollectionRow } from '../history.ts';
import type { ContractPlan, Group, LineRowPlan, TariffPlan, TaxCode, TaxRise } from '../plan/world-plan.ts';

/** Everything the shadow knows: plain data, so that it can be copied to try out two orders of events. */
export interface Shadow {
  readonly timeZone: string;
  readonly currency: 'JPY' | 'EUR';
  readonly taxRises: readonly TaxRise[];
  /** Mistakes built in on purpose, for proving that they are found. */
  readonly faults: Faults;
  nowMs: number;
  /** Local date of now. */
  today: string;
  readonly companies: Map<string, ShadowCompany>;
  readonly tariffs: TariffPlan[];
  readonly lines: Map<string, ShadowLine>;
  readonly subscribers: Map<string, ShadowSubscriber>;
  readonly charges: Map<string, ShadowCharge>;
  readonly refunds: Map<string, ShadowRefund>;
  readonly proposals: Map<string, ShadowProposal>;
  /** Of closed periods, by number. */
  readonly invoices: Map<string, ShadowInvoice>;
  /** Different results of an invoice, by its number. */
  readonly results: Map<string, readonly CollectionRow[]>;
  readonly standings: Map<string, ShadowStanding>;
  /** What an uncollected invoice costs, by `number company`: the company, or the carrier in its place. */
  readonly shares: Map<string, number>;
  /** Clawbacks, and recoveries as negative amounts, in their order. */
  readonly steps: ShadowStep[];
  /** Months that were settled on what was collected by then, by `company period`. */
  readonly cuts: Set<string>;
  readonly resultsInbox: (readonly CollectionRow[])[];
  /** Identifiers of charges, which the service gives: they decide ties. */
  readonly ids: Map<string, string>;
  readonly consents: Map<string, ShadowConsent>;
  /** What was charged under keys of uses, by `consent|key`. */
  readonly itemKeys: Map<string, ShadowUse>;
  readonly subscriptions: Map<string, ShadowSubscription>;
  /** Months of an item a subscriber has had, by `subscriber|service|item|month`. */
  readonly months: Map<string, string>;
  /** Whose those months are: the name of a subscription. */
  readonly monthOwners: Map<string, string>;
  /** Billing periods, by `period/group`. */
  readonly periods: Map<string, ShadowPeriod>;
  /** In the order of their creation. */
  readonly settlements: ShadowSettlement[];
  /** Accounts of each company, the current one last. */
  readonly accounts: Map<string, readonly ShadowAccount[]>;
  readonly accountProposals: Map<string, ShadowAccountProposal>;
  /** In the order of their creation, as their payouts. */
  readonly payoutRuns: ShadowPayoutRun[];
  readonly payouts: ShadowPayout[];
  /** The last file of the bank. */
  lastResults: readonly ShadowResult[];
  /** Credits less debits by account. */
  readonly balances: Map<string, number>;
  /** Nights' jobs that have finished, by business date. */
  readonly nights: Set<string>;
  /** Responses to companies under the keys of their requests, by `company|key`. */
  readonly answers: Map<string, ShadowAnswer>;
  /** Files of the line master that wait for the night. */
  readonly inbox: (readonly LineRowPlan[])[];
}

export interface Faults {
  /** Yen added to every fee. */
  readonly feeOffBy?: number;
  /** Whether what is authorized and not captured is left out of the limits. */
  readonly forgetsReserved?: boolean;
  /** Whether what is authorized counts in the period it was authorized in only. */
  readonly holdsInOnePeriod?: boolean;
  /** Whether an authorization outlives the buyer's entitlement. */
  readonly keepsLost?: boolean;
  /** Whether every joining has a free first month of its own, and every leaving a free last one. */
  readonly givesFreeMonthsAgain?: boolean;
  /** Whether a line counts for the fee although all it bought was given back within the period. */
  readonly countsNeverBilled?: boolean;
  /** Whether what was refunded is clawed back as well. */
  readonly costsTwice?: boolean;
  /** Whether what came back is sent again although it has been. */
  readonly sendsReturnedTwice?: boolean;
  /** Whether a hold does not keep a payout out of a run. */
  readonly paysHeld?: boolean;
}

export interface ShadowCompany {
  state: 'active' | 'suspended';
  readonly services: readonly string[];
  readonly registered: { readonly from: string; readonly to: string | null } | null;
  readonly contracts: (Omit<ContractPlan, 'to'> & { to: string | null })[];
}

export interface ShadowLine {
  group: Group;
  status: 'active' | 'suspended' | 'closed';
  limit: number | null;
  tenures: ShadowTenure[];
  /** Periods that were looked at for a charge, by `holderFrom period`, each with the group the line had then. */
  readonly begun: Map<string, Group>;
}

export interface ShadowTenure {
  readonly from: string;
  to: string | null;
  holder: string;
  birthDate: string | null;
}

export interface ShadowSubscriber {
  readonly line: string;
  readonly holderFrom: string;
  endedOn: string | null;
  limit: number | null;
}

/** A checkout page; `by` is the subscriber who confirmed. */
export interface Decidable {
  page: 'open' | 'confirmed' | 'declined' | 'expired' | 'withdrawn';
  readonly pageUntilMs: number;
  subscriber: string | null;
}

export interface ShadowCharge extends Decidable {
  readonly company: string;
  readonly service: string;
  readonly kind: 'one_time' | 'monthly' | 'usage';
  readonly amount: number;
  readonly taxCode: TaxCode;
  readonly automatic: boolean;
  readonly createdMs: number;
  state: 'pending' | 'authorized' | 'captured' | 'cancelled' | 'expired';
  openUntilMs: number | null;
  line: string | null;
  holderFrom: string | null;
  /** Of an authorization: its end comes with that of the line or the ID, which has come. */
  lost: boolean;
  /** It had expired before the loss of the line was known. */
  ranOut: boolean;
  /** Who or what ended it. */
  endedBy: string | null;
  reservedPeriod: string | null;
  captured: Captured | null;
  /** Whether it is on an invoice. */
  folded: boolean;
  /** Sum of its refunds, and of those on its own invoice. */
  refunded: number;
  refundedOwn: number;
  /** Clawed back from its company, less what was recovered. */
  clawedBack: number;
}

export interface ShadowRefund {
  readonly charge: string;
  readonly amount: number;
  readonly businessDate: string;
  readonly createdMs: number;
  /** Of the invoice that takes it; of one that is paid by bank the calendar month, and no group. */
  readonly period: string;
  readonly group: Group | null;
  /** Who gave it back alone; null for two people. */
  readonly by: string | null;
  /** Whether it is on an invoice. */
  folded: boolean;
  /** What becomes of one by bank. */
  readonly bank: { state: 'waiting' | 'payable' | 'cancelled'; payable: number } | null;
}

export interface ShadowInvoice {
  readonly number: string;
  readonly period: string;
  readonly group: Group;
  readonly total: number;
  /** Its items; a refund as a negative amount under the name of its charge. */
  readonly parts: readonly {
    readonly charge: string;
    readonly company: string;
    readonly isRefund: boolean;
    readonly amount: number;
  }[];
}

/** How far an invoice is collected. */
export interface ShadowStanding {
  readonly state: 'billed' | 'collected' | 'partial' | 'uncollected' | 'pending';
  readonly collected: number;
  readonly uncollected: number;
}

export const NOTHING_KNOWN: ShadowStanding = { state: 'billed', collected: 0, uncollected: 0 };

export interface ShadowStep {
  readonly company: string;
  readonly period: string;
  readonly amount: number;
  /** The settlement it is in, by `company period`. */
  frozenIn: string | null;
}

/** A refund that takes two people. */
export interface ShadowProposal {
  readonly charge: string;
  readonly amount: number;
  /** Refunded of the charge when it was proposed. */
  readonly refundedBefore: number;
  readonly untilMs: number;
  state: 'pending' | 'executed' | 'rejected' | 'expired' | 'void';
}

export interface Captured {
  readonly amount: number;
  readonly businessDate: string;
  readonly period: string;
  readonly group: Group;
  readonly late: boolean;
  readonly percent: number;
}

export interface ShadowConsent extends Decidable {
  readonly company: string;
  readonly service: string;
  readonly max: number | null;
  state: 'pending' | 'active' | 'declined' | 'expired' | 'ended';
}

/** A use that was charged: its name is that of the charge. */
export interface ShadowUse {
  readonly use: string;
  readonly amount: number;
  readonly taxCode: TaxCode;
  readonly atMs: number;
}

export interface ShadowSubscription extends Decidable {
  readonly company: string;
  readonly service: string;
  readonly item: string;
  readonly amount: number;
  readonly taxCode: TaxCode;
  readonly chargeDay: number;
  readonly firstMonthFree: boolean;
  readonly lastMonthFree: boolean;
  /** The place in which it was offered: of two that are due on one day, the older one comes first. */
  readonly place: number;
  state: 'pending' | 'active' | 'leaving' | 'ended' | 'declined' | 'expired';
  joinedOn: string | null;
  leftOn: string | null;
  settledThrough: string | null;
  /** Whether the terms' free first month is its own: nobody on the line had joined the item before. */
  firstIsFree: boolean;
  /** Whether the terms' free last month became its own when it was left. */
  lastIsFree: boolean;
}

export interface ShadowPeriod {
  readonly period: string;
  readonly group: Group;
  closed: boolean;
}

export interface ShadowSettlement {
  state: 'draft' | 'rejected' | 'approved' | 'paid';
  held: boolean;
  readonly revision: number;
  readonly company: string;
  readonly period: string;
  readonly billed: number;
  readonly refunded: number;
  readonly lines: number;
  readonly items: number;
  readonly tariff: string;
  readonly branch: string;
  readonly fee: number;
  readonly tax: number;
  readonly contractFrom: string;
  readonly clawback: number;
  readonly recovery: number;
  readonly setUp: number;
  readonly setUpTax: number;
  readonly transferFee: number;
  readonly carriedIn: number;
  readonly payout: number;
  readonly carriedOut: number;
  readonly payoutOn: string;
}

export interface ShadowAccount {
  readonly number: string;
  /** Who proposed it; null for the first one. */
  readonly maker: string | null;
}

export interface ShadowAccountProposal {
  readonly company: string;
  readonly number: string;
  readonly by: string;
  readonly untilMs: number;
  state: 'pending' | 'executed' | 'rejected' | 'expired';
}

export interface ShadowPayoutRun {
  /** The day of its transfers and two digits. */
  readonly number: string;
  readonly payOn: string;
  state: 'draft' | 'approved' | 'sent' | 'void';
  sentOn: string | null;
  proposal: ShadowRunProposal | null;
  /** What somebody is told who decides the last proposal once more. */
  ended: 'approval-decided' | 'approval-expired' | 'approval-void';
}

export interface ShadowRunProposal {
  readonly by: string;
  readonly untilMs: number;
  /** All that decides whether its transfers are right, when it was proposed. */
  readonly ground: string;
}

export interface ShadowPayout {
  readonly run: string;
  readonly line: number;
  readonly company: string;
  /** Of its settlement. */
  readonly period: string;
  readonly amount: number;
  readonly dueOn: string;
  readonly payOn: string;
  /** Place of the account among those of its company, from 1. */
  readonly version: number;
  readonly news: 'first' | 'changed' | 'none';
  /** The returned one in whose place it is sent. */
  readonly replaces: string | null;
  state: 'planned' | 'dropped' | 'sent' | 'settled' | 'returned';
  resultOn: string | null;
}

/** A row of the bank's file: a wrong one has another amount. */
export interface ShadowResult {
  readonly code: string;
  readonly result: 'settled' | 'returned';
  readonly date: string;
  readonly isWrong: boolean;
}

/** An answer that is given again. */
export interface ShadowAnswer {
  readonly order: string;
  readonly answer: string;
  readonly atMs: number;
}

export const periodKey = (period: string, group: Group): string => `${period}/${group}`;
