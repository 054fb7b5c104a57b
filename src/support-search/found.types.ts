import type { CaseState } from '../cases/case.rules.ts';

/** A tenure of a line; the name is masked unless the reader sees it. */
export interface FoundTenure {
  readonly lineId: string;
  readonly holderFrom: string;
  readonly validTo: string | null;
  readonly status: 'active' | 'suspended' | 'closed';
  readonly product: string | null;
  readonly holder: string;
  readonly holderKana: string | null;
}

export interface FoundCharge {
  readonly id: string;
  readonly lineId: string | null;
  readonly state: 'pending' | 'authorized' | 'captured' | 'cancelled' | 'expired';
  readonly amountMinor: bigint;
  /** Of the capture, or of the request while there is none. */
  readonly date: string;
  readonly description: string;
  readonly company: string;
  readonly companyEn: string;
  readonly service: string;
  readonly serviceEn: string;
}

export interface FoundSubscription {
  readonly id: string;
  readonly lineId: string | null;
  readonly state: string;
  readonly amountMinor: bigint;
  readonly description: string;
  readonly company: string;
  readonly companyEn: string;
}

export interface FoundConsent {
  readonly id: string;
  readonly lineId: string | null;
  readonly state: string;
  readonly description: string;
  readonly company: string;
  readonly companyEn: string;
}

export interface FoundRefund {
  readonly id: string;
  readonly chargeId: string;
  readonly lineId: string;
  readonly amountMinor: bigint;
  readonly businessDate: string;
  readonly company: string;
  readonly companyEn: string;
}

export interface FoundInvoice {
  readonly number: string;
  readonly billingPeriod: string;
  readonly lineId: string;
  readonly totalMinor: bigint;
}

export interface FoundCase {
  readonly number: string;
  readonly state: CaseState;
  /** Null until it is known whose mail it is. */
  readonly lineId: string | null;
  /** Null for a case about no purchase. */
  readonly company: string | null;
  readonly companyEn: string | null;
  readonly openedAt: Date;
}

export interface FoundCompanyRow {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
}

/** What a search found, by kind; at most 20 of each. */
export interface Found {
  readonly tenures: readonly FoundTenure[];
  readonly charges: readonly FoundCharge[];
  readonly subscriptions: readonly FoundSubscription[];
  readonly consents: readonly FoundConsent[];
  readonly refunds: readonly FoundRefund[];
  readonly invoices: readonly FoundInvoice[];
  readonly cases: readonly FoundCase[];
  readonly companies: readonly FoundCompanyRow[];
  /** Kinds of which there are more than shown. */
  readonly more: readonly FoundKind[];
  readonly isMistypedId: boolean;
  readonly isAmountWithoutDate: boolean;
}

export type FoundKind =
  | 'tenures'
  | 'charges'
  | 'subscriptions'
  | 'consents'
  | 'refunds'
  | 'invoices'
  | 'cases'
  | 'companies';
