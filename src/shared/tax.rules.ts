import { versionOn } from './date-range.rules.ts';

/** Kind of supply by its consumption tax. "8% standard" (2014–2019) and "8% reduced" (since 2019-10) are never mixed: the code distinguishes them. */
export type TaxCode = 'standard' | 'reduced';

export interface TaxRate {
  readonly code: TaxCode;
  /** First supply date of the rate; it applies until the next row of the same code. */
  readonly validFrom: string;
  readonly rateBps: number;
}

const FULL_BPS = 10_000n;

/**
 * Consumption tax rate in basis points of a tax code on a supply date (`YYYY-MM-DD`), which decides, not
 * the date of the invoice. Throws RangeError if no rate was in force: the reduced one before 2019-10-01.
 */
export function taxRateBps(code: TaxCode, supplyDate: string, rates: readonly TaxRate[]): number {
  const current = versionOn(
    rates.filter((rate) => rate.code === code),
    supplyDate,
  );
  if (!current) throw new RangeError(`no ${code} consumption tax rate is in force on ${supplyDate}`);
  return current.rateBps;
}

/**
 * The tax inside a tax-inclusive total, fraction dropped: floor(G × rate / (10000 + rate)). Call it **once
 * per invoice and rate** on the total, never per item: three items of 105 at 10% contain 28, not 3 × 9.
 * A negative total (a return invoice) mirrors the positive one, so that an invoice and its full return cancel.
 */
export function includedTax(totalInclusiveMinor: bigint, rateBps: number): bigint {
  const rate = checkedRate(rateBps);
  return (totalInclusiveMinor * rate) / (FULL_BPS + rate);
}

/** The tax on top of a tax-exclusive amount, fraction dropped; a negative amount mirrors the positive one. */
export function taxOn(exTaxMinor: bigint, rateBps: number): bigint {
  return (exTaxMinor * checkedRate(rateBps)) / FULL_BPS;
}

function checkedRate(rateBps: number): bigint {
  if (!Number.isInteger(rateBps) || rateBps < 0 || rateBps > 10_000) {
    throw new RangeError(`not a tax rate in basis points: ${rateBps}`);
  }
  return BigInt(rateBps);
}
