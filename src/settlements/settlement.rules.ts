import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import { taxOn, taxRateBps, type TaxRate } from '../shared/tax.rules.ts';
import { calculateFee, type BilledMonth, type FeeBranch } from './fee.rules.ts';
import { calculatePayout, payoutDate, type Payout } from './payout.rules.ts';
import type { TariffDefinition } from '../tariffs/tariff.rules.ts';

/** What a company sold in a billing period, over all six closing groups and before refunds. */
export interface BilledSums {
  readonly billedMinor: bigint;
  /** Distinct lines; a line that bought in two services or many times counts once. */
  readonly lineCount: number;
  readonly itemCount: number;
}

/** The tariff version a settlement is calculated by. */
export interface TariffVersion {
  readonly code: string;
  readonly validFrom: string;
  readonly definition: TariffDefinition;
}

/** The terms of a contract that a settlement needs. */
export interface SettlementTerms {
  readonly contractId: number;
  readonly payoutMonths: number;
  readonly payoutDay: number;
  readonly payoutBankDay: 'previous' | 'next';
  readonly tariff: TariffVersion;
}

export interface SettlementInput {
  readonly companyId: number;
  readonly period: string;
  readonly billed: BilledSums;
  readonly refundedMinor: bigint;
  /** The balance of the previous settlement: zero or negative. */
  readonly carriedInMinor: bigint;
  /** Whether the set-up fee has not been billed yet. */
  readonly setUpDue: boolean;
  readonly terms: SettlementTerms;
  readonly taxRates: readonly TaxRate[];
}

/** The figures of one settlement, as they are stored. */
export interface SettlementFigures extends BilledSums, Payout {
  readonly companyId: number;
  readonly billingPeriod: string;
  readonly contractId: number;
  readonly number: string;
  readonly settledOn: string;
  readonly refundedMinor: bigint;
  readonly tariffCode: string;
  readonly tariffFrom: string;
  readonly feeBranch: FeeBranch;
  readonly feeExTaxMinor: bigint;
  readonly feeTaxRateBps: number;
  readonly feeTaxMinor: bigint;
  readonly carriedInMinor: bigint;
  readonly payoutOn: string;
}

/**
 * Settles one company for one billing period: fee by its tariff, tax on the fee at the standard rate of the
 * day the last closing group closed, payout, and the balance left (domain.md sections 1 and 5).
 * Throws RangeError for figures no settlement can have.
 */
export function determineSettlement(input: SettlementInput): SettlementFigures {
  const { companyId, period, billed, refundedMinor, carriedInMinor, terms, taxRates } = input;
  const settledOn = lastClosingDateOf(period);
  const fee = calculateFee(terms.tariff.definition, feeBase(input));
  const feeTaxRateBps = taxRateBps('standard', settledOn, taxRates);
  const charged = {
    refundedMinor,
    feeExTaxMinor: fee.feeExTaxMinor,
    feeTaxMinor: taxOn(fee.feeExTaxMinor, feeTaxRateBps),
    carriedInMinor,
  };
  return {
    companyId,
    billingPeriod: period,
    contractId: terms.contractId,
    number: settlementNumber(period, companyId),
    settledOn,
    ...billed,
    tariffCode: terms.tariff.code,
    tariffFrom: terms.tariff.validFrom,
    feeBranch: fee.branch,
    feeTaxRateBps,
    ...charged,
    ...calculatePayout({ ...charged, billedTotalMinor: billed.billedMinor, refundsMinor: refundedMinor }),
    payoutOn: payoutDate({
      period,
      months: terms.payoutMonths,
      day: terms.payoutDay,
      bankDay: terms.payoutBankDay,
    }),
  };
}

/** `T` and `N` of the fee: the refunds of the month are deducted from the total. */
export function feeBase(sums: Pick<SettlementInput, 'billed' | 'refundedMinor' | 'setUpDue'>): BilledMonth {
  const { billedMinor, lineCount, itemCount } = sums.billed;
  return { totalMinor: billedMinor - sums.refundedMinor, lineCount, itemCount, setUpDue: sums.setUpDue };
}

/** Number of a statement, the same for every attempt to settle: `S202605-000123`. */
function settlementNumber(period: string, companyId: number): string {
  return `S${period.replace('-', '')}-${String(companyId).padStart(6, '0')}`;
}
