import { calculateFee } from '../settlements/fee.rules.ts';
import { taxOn } from '../shared/tax.rules.ts';
import type { TariffDefinition } from '../tariffs/tariff.rules.ts';

/** What a company has sold in a month so far, counted as its settlement counts (domain.md §1). */
export interface MonthCounts {
  /** `T`: charges of the month, less the refunds booked in it. */
  readonly totalMinor: bigint;
  /** `N`: distinct lines with a charge that is not refunded whole in its own month. */
  readonly lineCount: number;
  readonly itemCount: number;
}

/** A refund as far as the counts of a month depend on it. */
export interface CountedRefund {
  readonly amountMinor: bigint;
  /** It leaves nothing of a charge of the same month. */
  readonly endsItem: boolean;
  /** And that charge is the only one that counts of its line. */
  readonly endsLine: boolean;
}

/** The counts of a month with a refund that is booked in it. */
export function countWith(
  { totalMinor, lineCount, itemCount }: MonthCounts,
  { amountMinor, endsItem, endsLine }: CountedRefund,
): MonthCounts {
  return {
    totalMinor: totalMinor - amountMinor,
    lineCount: endsItem && endsLine ? lineCount - 1 : lineCount,
    itemCount: endsItem ? itemCount - 1 : itemCount,
  };
}

/** How a company is settled, as far as its own sales of the month decide. */
export interface FeeTerms {
  readonly tariff: TariffDefinition;
  readonly feeTaxable: boolean;
  /** Standard rate on the day the last closing group closes. */
  readonly taxRateBps: number;
}

/** The part of a settlement that the sales of the month decide. */
export interface MonthFigures extends MonthCounts {
  readonly feeExTaxMinor: bigint;
  readonly feeTaxMinor: bigint;
  /** `T` less the fee and its tax; without what is carried over, clawed back or set up. */
  readonly netMinor: bigint;
}

/** Fee, tax and what is left of a month's sales. */
export function figuresOf(counts: MonthCounts, { tariff, feeTaxable, taxRateBps }: FeeTerms): MonthFigures {
  const { totalMinor, lineCount, itemCount } = counts;
  const { feeExTaxMinor } = calculateFee(tariff, { totalMinor, lineCount, itemCount });
  const feeTaxMinor = feeTaxable ? taxOn(feeExTaxMinor, taxRateBps) : 0n;
  return { ...counts, feeExTaxMinor, feeTaxMinor, netMinor: totalMinor - feeExTaxMinor - feeTaxMinor };
}
