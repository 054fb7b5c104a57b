import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import type { Currency } from '../shared/money.ts';
import { taxOn, taxRateBps, type TaxRate } from '../shared/tax.rules.ts';
import { calculateFee, type BilledMonth, type FeeBranch } from './fee.rules.ts';
import { calculatePayout, payoutDate, type Payout, type TransferTerms } from './payout.rules.ts';
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
export interface SettlementTerms extends TransferTerms {
  readonly contractId: number;
  readonly legalModel: 'agency' | 'assignment';
  readonly settlementBasis: 'billed' | 'collected';
  readonly feeTaxable: boolean;
  readonly setUpFeeMinor: bigint;
  readonly payoutMonths: number;
  readonly payoutDay: number;
  readonly payoutBankDay: 'previous' | 'next';
  readonly tariff: TariffVersion;
}

export interface SettlementInput {
  readonly companyId: number;
  readonly period: string;
  readonly billed: BilledSums;
  /** Of invoices of the period, and by bank in its calendar month. */
  readonly refundedMinor: bigint;
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
  /** What the company pays of its partners' commissions, tax included; none by default. */
  readonly commissionMinor?: bigint | undefined;
  /** The balance of the previous settlement. */
  readonly carriedInMinor: bigint;
  /** Whether the set-up fee of the contract has not been billed yet. */
  readonly setUpDue: boolean;
  /** To calculate one of an earlier rule version again; the present one by default. */
  readonly ruleVersion?: number | undefined;
  /** Of rule version 1: whether its fee has the set-up fee of the tariff in it. */
  readonly setUpInFee?: boolean | undefined;
  readonly terms: SettlementTerms;
  readonly taxRates: readonly TaxRate[];
  readonly currency: Currency;
}

/** The figures of one settlement, as they are stored. */
export interface SettlementFigures extends BilledSums, Payout {
  readonly ruleVersion: number;
  readonly companyId: number;
  readonly billingPeriod: string;
  readonly contractId: number;
  readonly legalModel: 'agency' | 'assignment';
  readonly settlementBasis: 'billed' | 'collected';
  readonly feeTaxable: boolean;
  readonly number: string;
  readonly settledOn: string;
  readonly refundedMinor: bigint;
  readonly tariffCode: string;
  readonly tariffFrom: string;
  readonly feeBranch: FeeBranch;
  readonly feeExTaxMinor: bigint;
  /** The standard rate, which is also that of the set-up fee; of a fee that is not taxed too. */
  readonly feeTaxRateBps: number;
  readonly feeTaxMinor: bigint;
  readonly setUpExTaxMinor: bigint;
  readonly setUpTaxMinor: bigint;
  readonly commissionMinor: bigint;
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
  readonly carriedInMinor: bigint;
  readonly payoutOn: string;
}

/**
 * How settlements are calculated now; each keeps the version it was made by. 1: the set-up fee is a part of the fee; 2: the payout day is
 * moved to a bank day of Japan, in whatever currency; 3: to a day on which its currency is transferred.
 */
export const RULE_VERSION = 3;

/**
 * Settles one company for one billing period: fee by its tariff, tax on the fee if it is taxed, the set-up fee if it is due
 * (whatever was sold; always taxed, with a floor of its own), payout, and the balance left (domain.md sections 1, 4, 5 and
 * 6). Tax is at the standard rate of the day the last closing group closed.
 * Throws RangeError for figures no settlement can have.
 */
export function determineSettlement(input: SettlementInput): SettlementFigures {
  const { companyId, period, billed, terms, taxRates, ruleVersion = RULE_VERSION } = input;
  const settledOn = lastClosingDateOf(period);
  const fee = calculateFee(terms.tariff.definition, feeBase(input));
  const feeTaxRateBps = taxRateBps('standard', settledOn, taxRates);
  const setUpExTaxMinor = input.setUpDue ? terms.setUpFeeMinor : 0n;
  const charged = {
    refundedMinor: input.refundedMinor,
    feeExTaxMinor: fee.feeExTaxMinor,
    feeTaxMinor: terms.feeTaxable ? taxOn(fee.feeExTaxMinor, feeTaxRateBps) : 0n,
    setUpExTaxMinor,
    setUpTaxMinor: taxOn(setUpExTaxMinor, feeTaxRateBps),
    commissionMinor: input.commissionMinor ?? 0n,
    clawbackMinor: input.clawbackMinor,
    recoveryMinor: input.recoveryMinor,
    carriedInMinor: input.carriedInMinor,
  };
  const { minimumPayoutMinor, transferFeeMinor } = terms;
  const sums = { ...charged, billedMinor: billed.billedMinor };
  return {
    ruleVersion,
    companyId,
    billingPeriod: period,
    contractId: terms.contractId,
    legalModel: terms.legalModel,
    settlementBasis: terms.settlementBasis,
    feeTaxable: terms.feeTaxable,
    number: settlementNumber(period, companyId),
    settledOn,
    ...billed,
    tariffCode: terms.tariff.code,
    tariffFrom: terms.tariff.validFrom,
    feeBranch: fee.branch,
    feeTaxRateBps,
    ...charged,
    ...calculatePayout(sums, { minimumPayoutMinor, transferFeeMinor }),
    payoutOn: payoutDate({
      period,
      months: terms.payoutMonths,
      day: terms.payoutDay,
      bankDay: terms.payoutBankDay,
      currency: ruleVersion < 3 ? 'JPY' : input.currency,
    }),
  };
}

/** `T` and `N` of the fee: the refunds of the month are deducted from the total. */
export function feeBase({ billed, refundedMinor, setUpInFee }: FeeSums): BilledMonth {
  const { billedMinor, lineCount, itemCount } = billed;
  return { totalMinor: billedMinor - refundedMinor, lineCount, itemCount, setUpInFee };
}

type FeeSums = Pick<SettlementInput, 'billed' | 'refundedMinor' | 'setUpInFee'>;

/** Number of a statement, the same for every attempt to settle: `S202605-000123`. */
export function settlementNumber(period: string, companyId: number): string {
  return `S${period.replace('-', '')}-${String(companyId).padStart(6, '0')}`;
}
