import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { Locale } from '../shared/money.ts';
import type { FigureAddress } from './figure-address.rules.ts';

/** A figure: money, an exact amount before its rounding (a decimal text in minor units), a number of things, or a rate. */
export type FigureValue =
  | { readonly unit: 'money'; readonly minor: bigint }
  | { readonly unit: 'exact'; readonly decimal: string }
  | { readonly unit: 'count'; readonly count: number }
  | { readonly unit: 'rate'; readonly bps: number };

export const money = (minor: bigint): FigureValue => ({ unit: 'money', minor });
export const countOf = (count: number): FigureValue => ({ unit: 'count', count });
export const rateOf = (bps: number): FigureValue => ({ unit: 'rate', bps });
export const exact = (decimal: string): FigureValue => ({ unit: 'exact', decimal });

/** Names of figures; pages word them in both languages. */
export const figureNames = [
  'payout',
  'total',
  'billed',
  'refunded',
  'refunds-of',
  'lines',
  'lines-charged',
  'lines-never-billed',
  'items',
  'average',
  'fee',
  'fee-base',
  'fee-items',
  'fee-minimum',
  'fee-percent',
  'fee-band',
  'fee-set-up',
  'fee-tax',
  'set-up',
  'set-up-tax',
  'commission',
  'commission-of',
  'commission-tax-of',
  'clawback',
  'clawbacks-of',
  'recovery',
  'recoveries-of',
  'carried-in',
  'carried-out',
  'transfer-fee',
  'service',
  'line',
  'per-line',
  'per-item',
  'per-item-above',
  'items-counted',
  'items-above',
  'percent-rate',
  'band-rate',
  'tax-rate',
  'contract-set-up',
  'contract-transfer-fee',
  'invoice',
  'supplier',
  'rate-total',
  'invoice-tax',
  'captured',
] as const;
export type FigureName = (typeof figureNames)[number];

/** Something with a name in both languages. */
export interface Named {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
}

/** What a figure is called, with what it is of. */
export interface FigureLabel {
  readonly name: FigureName;
  readonly service?: Named | undefined;
  readonly company?: Named | undefined;
  readonly partner?: Named | undefined;
  readonly closingGroup?: ClosingGroup | undefined;
  readonly tax?: { readonly code: 'standard' | 'reduced'; readonly rateBps: number } | undefined;
  readonly kind?: 'charge' | 'refund' | 'bank' | undefined;
  readonly period?: string | undefined;
  readonly supplierStatus?: 'registered' | 'unregistered' | undefined;
}

/** One member of an equation: added, deducted, multiplied by, or divided by. */
export interface Operand {
  readonly sign: '+' | '−' | '×' | '÷';
  readonly label: FigureLabel;
  readonly value: FigureValue;
  /** Where the operand is explained. */
  readonly address?: FigureAddress | undefined;
}

/** What a figure is made of. The first operand begins the calculation; products bind before sums. */
export interface Equation {
  readonly operands: readonly Operand[];
  /** Whether the result is rounded down to whole units, once. */
  readonly isFloored?: boolean | undefined;
  /** Of the larger of two: the other one, which does not count. */
  readonly smaller?: Operand | undefined;
}

/** What is found further down of figures that are too large to be added up here. */
export interface FurtherFigure {
  readonly label: FigureLabel;
  readonly address: FigureAddress;
}

/** Whether the stored value is what its equation or its rows come to. */
export type FigureCheck =
  | { readonly outcome: 'matches' }
  | { readonly outcome: 'differs'; readonly comesTo: FigureValue }
  /** Set by people or by another system (`given`), or of more rows than a page adds up (`large`; each night it is checked). */
  | { readonly outcome: 'unchecked'; readonly why: 'given' | 'large' };

/** The rules that figures are made by; pages word what each says and where it comes from. */
export const figureRules = [
  'payout',
  'not-transferred',
  'total',
  'billed',
  'refunded',
  'lines',
  'items',
  'average',
  'fee',
  'fee-part',
  'fee-tax',
  'fee-exempt',
  'set-up',
  'set-up-tax',
  'commission',
  'clawback',
  'recovery',
  'carried-in',
  'carried-out',
  'transfer-fee',
  'line',
  'invoice',
  'supplier',
  'invoice-tax',
  'captured',
] as const;

export interface FigureRule {
  readonly name: (typeof figureRules)[number];
  /** Of the settlement's rules. */
  readonly version?: number | undefined;
  readonly tariff?: TariffNamed | undefined;
  /** Of the contract: its first day, and an amount that it sets. */
  readonly contractFrom?: string | undefined;
  readonly amountMinor?: bigint | undefined;
  /** The rule in a sentence with the figures of this case. */
  readonly sentence?: Readonly<Record<Locale, string>> | undefined;
}

export interface TariffNamed extends Named {
  readonly validFrom: string;
  readonly terms: Readonly<Record<Locale, string>>;
}

/** A charge, refund or clawback behind a figure. */
export interface FigureRow {
  readonly kind: 'charge' | 'refund' | 'bank' | 'clawback' | 'recovery';
  readonly id: string;
  readonly address: FigureAddress;
  readonly businessDate: string;
  readonly description: string;
  readonly reference: string | null;
  /** As it counts in the figure: negative for refunds. */
  readonly amountMinor: bigint;
  /** Of the charge of a refund, clawback or recovery. */
  readonly originalPeriod?: string | undefined;
  /** Refunded whole within its own period: it does not count in N and in the number of items. */
  readonly isNeverBilled?: boolean | undefined;
  /** For the carrier's people who may know buyers. */
  readonly lineId?: string | undefined;
}

export interface FigureRows {
  readonly rows: readonly FigureRow[];
  /** Continues after this page; a page may be short and still have a next one. */
  readonly next?: string | undefined;
}

/** The run that produced a figure. */
export interface ProducingRun {
  readonly job: string;
  readonly businessDate: string;
  readonly finishedAt: Date | null;
}

/** Whose figure it is. */
export type FigureSubject =
  | {
      readonly of: 'settlement';
      readonly number: string;
      readonly company: Named;
      readonly period: string;
      readonly state: 'draft' | 'rejected' | 'approved' | 'paid';
      readonly revision: number;
    }
  | {
      readonly of: 'invoice';
      readonly number: string;
      readonly period: string;
      readonly closingGroup: ClosingGroup;
      readonly lineId: string;
      readonly holder: string | null;
    }
  | { readonly of: 'charge'; readonly id: string; readonly company: Named; readonly service: Named };

/** A figure explained. */
export interface FigureNode {
  readonly address: FigureAddress;
  /** The way down, from the figure on top; without this one. */
  readonly path: readonly FigureAddress[];
  readonly subject: FigureSubject;
  readonly label: FigureLabel;
  readonly value: FigureValue;
  readonly equation?: Equation | undefined;
  readonly check: FigureCheck;
  readonly rule: FigureRule;
  readonly further?: readonly FurtherFigure[] | undefined;
  readonly rows?: FigureRows | undefined;
  readonly run?: ProducingRun | undefined;
  readonly charge?: ChargeFacts | undefined;
}

/** What a figure itself says of the node; its address, the way down and whose it is come on top. */
export type FigureBody = Omit<FigureNode, 'address' | 'path' | 'subject'>;

/** What is known of a charge. */
export interface ChargeFacts {
  readonly kind: 'one_time' | 'monthly' | 'usage';
  readonly description: string;
  readonly reference: string | null;
  readonly capturedAt: Date | null;
  readonly businessDate: string | null;
  readonly billingPeriod: string | null;
  readonly closingGroup: ClosingGroup | null;
  readonly late: boolean;
  readonly tax: { readonly code: 'standard' | 'reduced'; readonly rateBps: number | null };
  readonly invoice?:
    | { readonly number: string | null; readonly address?: FigureAddress | undefined }
    | undefined;
  readonly confirmation?: ConfirmationFacts | undefined;
}

/** The confirmation behind a charge, or behind the subscription or consent that it comes from. */
export interface ConfirmationFacts {
  readonly of: 'charge' | 'subscription' | 'consent';
  readonly confirmedAt: Date;
  readonly provenBy: 'password' | 'passkey';
  /** For the carrier's people who may know buyers. */
  readonly buyer?:
    | {
        readonly lineId: string;
        readonly issuedId: string;
        readonly address: string;
        readonly aaaServer: string;
        readonly aaaAnswer: string;
        readonly lineProvenAt: Date;
      }
    | undefined;
}
