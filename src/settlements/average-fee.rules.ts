import type { TariffDefinition } from '../tariffs/tariff.rules.ts';
import { calculateFee, type Fee } from './fee.rules.ts';

/** A month of lines that each buy for the same amount, once. */
export interface AverageMonth {
  readonly averageMinor: bigint;
  readonly lineCount: number;
}

export interface AverageFee {
  readonly totalMinor: bigint;
  readonly fee: Fee;
  /** The fee of the total, in basis points, rounded down; undefined where nothing is billed. */
  readonly shareBps: number | undefined;
}

/** What the fee of such a month would be, by the rule of settlements. Throws RangeError for counts that are not whole or negative. */
export function feeOfAverage(
  tariff: TariffDefinition,
  { averageMinor, lineCount }: AverageMonth,
): AverageFee {
  const totalMinor = averageMinor * BigInt(lineCount);
  const fee = calculateFee(tariff, { totalMinor, lineCount, itemCount: lineCount });
  const shareBps = totalMinor > 0n ? Number((fee.feeExTaxMinor * 10_000n) / totalMinor) : undefined;
  return { totalMinor, fee, shareBps };
}

/**
 * The smallest whole average per line for which the percentage is not below the minimum per line: below it, the minimum sets the fee.
 * Undefined for a tariff that has not both. A band may change the fee above it.
 */
export function breakEvenAverage({ perLineMinimumMinor, percentBps }: TariffDefinition): bigint | undefined {
  if (perLineMinimumMinor === 0 || percentBps === 0) return undefined;
  const [minimum, percent] = [BigInt(perLineMinimumMinor) * 10_000n, BigInt(percentBps)];
  return (minimum + percent - 1n) / percent;
}

/** By how much the minimum per line is above the percentage of a total, in whole minor units; 0 where it is not. */
export function minimumAbovePercent(
  { perLineMinimumMinor, percentBps }: TariffDefinition,
  { totalMinor, lineCount }: { readonly totalMinor: bigint; readonly lineCount: number },
): bigint {
  const minimum = BigInt(perLineMinimumMinor) * BigInt(lineCount) * 10_000n;
  const percent = totalMinor > 0n ? totalMinor * BigInt(percentBps) : 0n;
  return minimum > percent ? (minimum - percent) / 10_000n : 0n;
}
