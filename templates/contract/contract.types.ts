import type { Locale } from '../../src/shared/money.ts';

/** How the fee of a month came about, as settlements name it. */
export type ContractFeeBranch = 'minimum' | 'percent' | 'band';

/** The content of a contract as plain data. Amounts are minor units; `currency` is the yen, in which companies are settled. */
export interface ContractContent {
  readonly language: Locale;
  /** Proposed, and not approved: marked on every page. */
  readonly isDraft: boolean;
  /** `shinonome-20260401` */
  readonly number: string;
  readonly issuedOn: string;
  /** When it was entered; null for a draft. */
  readonly concludedOn: string | null;
  readonly validFrom: string;
  /** The last day; null without an end. */
  readonly lastDay: string | null;
  readonly carrier: { readonly name: string; readonly address: string; readonly registrationNumber: string };
  readonly company: {
    readonly name: string;
    readonly code: string;
    readonly address: string;
    /** Null for one that was not registered on the day. */
    readonly registrationNumber: string | null;
    /** The day on which it was called so. */
    readonly asOf: string;
  };
  readonly services: readonly {
    readonly name: string;
    readonly code: string;
    readonly site: string;
    readonly isSuspended: boolean;
  }[];
  readonly servicesAsOf: string;
  readonly terms: ContractTermsContent;
  readonly tariffName: string;
  readonly tariffCode: string;
  /** The versions that are in force during the contract, the oldest first. */
  readonly versions: readonly TariffVersionContent[];
  readonly clauses: readonly { readonly title: string; readonly text: string }[];
}

export interface ContractTermsContent {
  readonly legalModel: 'agency' | 'assignment';
  readonly settlementBasis: 'billed' | 'collected';
  readonly feeTaxable: boolean;
  readonly setUpFeeMinor: bigint;
  readonly minimumPayoutMinor: bigint;
  readonly feeBearer: 'carrier' | 'company';
  readonly transferFeeMinor: bigint;
  readonly payoutMonths: number;
  readonly payoutDay: number;
  readonly payoutBankDay: 'previous' | 'next';
  readonly perChargeMaxMinor: bigint;
  readonly lateCharges: 'accept' | 'refuse';
  readonly authorizationDays: number;
  readonly refundDays: number;
  readonly partialRefunds: boolean;
  readonly signedRequests: boolean;
}

export interface TariffVersionContent {
  readonly validFrom: string;
  /** The price in one line. */
  readonly words: string;
  readonly minimumMinor: bigint;
  /** The fee of a month, before tax, by what lines pay on average. */
  readonly curve: readonly FeeExample[];
}

export interface FeeExample {
  readonly averageMinor: bigint;
  readonly lineCount: number;
  readonly billedMinor: bigint;
  readonly branch: ContractFeeBranch;
  readonly feeMinor: bigint;
}
