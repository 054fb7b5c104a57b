import type { ContractPlan, LineRowPlan, TariffPlan, TaxCode, WorldPlan } from './plan/world-plan.ts';

/**
 * The events of the simulated world and their data. Plain data under names of the simulation's
 * own, so that a history can be written down, cut down and played again in another database.
 */
export interface EventBodies {
  'create-charge': Sale & { readonly charge: string; readonly automatic: boolean };
  'authorize-charge': { readonly charge: string; readonly subscriber: string };
  'capture-charge': { readonly charge: string; readonly company: string; readonly amount?: number };
  'cancel-charge': { readonly charge: string; readonly company: string };
  'decline-charge': { readonly charge: string };
  'offer-consent': {
    readonly consent: string;
    readonly company: string;
    readonly service: string;
    readonly max?: number;
  };
  'agree-consent': { readonly consent: string; readonly subscriber: string };
  'decline-consent': { readonly consent: string };
  'end-consent': { readonly consent: string; readonly company: string };
  use: { readonly company: string; readonly uses: readonly Use[] };
  'offer-subscription': Sale & SubscriptionTerms & { readonly subscription: string };
  join: { readonly subscription: string; readonly subscriber: string };
  'decline-subscription': { readonly subscription: string };
  leave: { readonly subscription: string; readonly company?: string };
  /** By a company: all that is left of a charge unless an amount is given. */
  'refund-charge': Refunded & { readonly company: string };
  /** By a person of the carrier. */
  'refund-for': Refunded;
  'cancel-month': {
    readonly refund: string;
    readonly subscription: string;
    readonly month: string;
    readonly company: string;
  };
  'propose-refund': { readonly proposal: string; readonly charge: string; readonly amount?: number };
  /** By another person; the refund has a name if it comes to one. */
  'decide-refund': { readonly proposal: string; readonly refund: string; readonly approves: boolean };
  'deliver-lines': { readonly rows: readonly LineRowPlan[]; readonly tonight: boolean };
  /** A file of what the carrier collected. */
  'deliver-results': { readonly rows: readonly CollectionRow[]; readonly tonight: boolean };
  /** What two people make of the drafts of some companies; one of them rejects alone. */
  'review-settlements': {
    readonly decisions: readonly { readonly company: string; readonly approves: boolean }[];
  };
  /** The payout of a settlement is held with a reason, or let go. */
  'hold-payout': { readonly company: string; readonly period: string; readonly holds: boolean };
  /** What is due goes into payout runs; at times also to an account from which a transfer came back. */
  'prepare-payouts': Dying & { readonly sameAccount: boolean };
  'propose-payouts': Chosen & { readonly by: string };
  /** All payout runs that are proposed. */
  'decide-payouts': { readonly by: string; readonly approves: boolean };
  /** The files of approved runs are written; of those that are sent already the last one, once more. */
  'send-payouts': Chosen & Dying & { readonly again: boolean };
  'discard-payouts': Chosen;
  /** A file of what became of transfers: each that the bank has said nothing of yet, in turn. Or the last file once more, as it was or contradicting it. */
  'tell-results': Dying & { readonly says: readonly BankWord[]; readonly file: 'new' | 'again' | 'contrary' };
  /** All that is due is paid at last: the answer says of each settlement how often it is. */
  'pay-all': Readonly<Record<string, never>>;
  'propose-account': {
    readonly account: string;
    readonly company: string;
    /** Of the account, 7 digits. */
    readonly number: string;
    readonly by: string;
  };
  'decide-account': { readonly account: string; readonly by: string; readonly approves: boolean };
  'issue-subscriber': { readonly subscriber: string; readonly line: string };
  'end-subscriber': { readonly subscriber: string };
  'limit-line': { readonly line: string; readonly limit: number | null };
  'limit-subscriber': { readonly subscriber: string; readonly limit: number | null };
  'change-company': { readonly company: string; readonly state: 'active' | 'suspended' };
  'end-contract': { readonly company: string; readonly from: string; readonly to: string };
  'conclude-contract': { readonly company: string; readonly contract: ContractPlan };
  'add-tariff': TariffPlan;
  /** A request of a company over HTTP, under a key of its own. */
  send: { readonly key: string; readonly order: Order };
  night: Dying & { readonly businessDate: string; readonly processes: number };
  'at-once': { readonly events: readonly SimEvent[] };
}

export interface Sale {
  readonly company: string;
  readonly service: string;
  readonly amount: number;
  readonly taxCode: TaxCode;
}

export interface SubscriptionTerms {
  readonly item: string;
  readonly chargeDay: number;
  readonly firstMonthFree: boolean;
  readonly lastMonthFree: boolean;
}

export interface Refunded {
  readonly refund: string;
  readonly charge: string;
  readonly amount?: number;
}

export interface Use {
  readonly use: string;
  readonly consent: string;
  readonly amount: number;
  readonly taxCode: TaxCode;
  /** When left out, now. */
  readonly occurredAt?: string;
  /** The company's own key of the use. A repetition with another amount has the same name. */
  readonly itemKey?: string;
}

/** A row of the carrier's results of collection. Invoices are named by the number that they will have. */
export interface CollectionRow {
  readonly invoice: string;
  readonly result: 'collected' | 'partial' | 'uncollected' | 'pending';
  /** When left out, the total of what is collected and nothing of what is not. */
  readonly amount?: number;
  readonly date: string;
  /** Zero for none. */
  readonly sequence: number;
  readonly code: string;
}

/** Which of several payout runs, in the order of their numbers. */
export interface Chosen {
  readonly which: 'all' | 'first' | 'last';
}

/** Processes begin it and die, one after another, each after so many messages to the database; then another one does all of it again. */
export interface Dying {
  readonly deaths?: readonly number[];
}

/** What the bank says of a transfer: nothing yet, or something that cannot be. */
export type BankWord = 'settled' | 'returned' | 'nothing' | 'wrong';

/** What a company's server asks for. */
export type Order = {
  readonly [K in OrderKind]: { readonly kind: K; readonly body: EventBodies[K] };
}[OrderKind];
export type OrderKind = 'create-charge' | 'capture-charge' | 'cancel-charge' | 'use' | 'refund-charge';

export type EventName = keyof EventBodies;

/** One happening: when (UTC, RFC 3339), what, and its body. */
export type EventOf<K extends EventName> = {
  readonly at: string;
  readonly kind: K;
  readonly body: EventBodies[K];
};
export type SimEvent = { readonly [K in EventName]: EventOf<K> }[EventName];

/** A world and all that happens in it. Played twice, it comes to the same. */
export interface History {
  readonly seed: number;
  readonly preset: string;
  readonly world: WorldPlan;
  readonly events: readonly SimEvent[];
}
