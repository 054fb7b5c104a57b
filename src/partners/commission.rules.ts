import { taxOn } from '../shared/tax.rules.ts';

/** What a partner gets of its sales (domain.md section 14). */
export type CommissionTerms =
  /** Nothing any more: the last version of terms that have ended. */
  | { readonly basis: 'none' }
  /** Of `T` of the partner. */
  | { readonly basis: 'percent'; readonly percentBps: number }
  | { readonly basis: 'flat'; readonly perItemMinor: number }
  /** Each part of `T` above a bound has its own percentage, so nothing jumps; the first bound is 0 (our decision). */
  | { readonly basis: 'tiers'; readonly tiers: readonly Tier[] };

export interface Tier {
  readonly aboveMinor: number;
  readonly percentBps: number;
}

/** What a partner sold for a company in a month, and what of its sales came back in it. All but the count are from 0. */
export interface PartnerSums {
  readonly billedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
  /** Sales less those of which nothing is left, in the month in which the last of them came back; it may be negative. */
  readonly itemCount: number;
}

export interface CommissionInput {
  readonly terms: CommissionTerms;
  readonly sums: PartnerSums;
  /** What the partner's last month with the company left; 0 or negative. */
  readonly carriedInMinor: bigint;
  /** Of the day; 0 for a partner that is not registered then. */
  readonly taxRateBps: number;
}

export interface CommissionFigures {
  readonly earnedMinor: bigint;
  readonly carriedInMinor: bigint;
  readonly carriedOutMinor: bigint;
  readonly exTaxMinor: bigint;
  readonly taxRateBps: number;
  readonly taxMinor: bigint;
}

/**
 * The commission of one partner, company and month: exact until one floor, towards zero where more came back than was sold, so
 * that a sale and its return cancel. A negative balance is carried into the next month; what is left above it is paid, with one
 * floor of the tax on it. Throws RangeError for a positive carry or a negative sum.
 */
export function calculateCommission(input: CommissionInput): CommissionFigures {
  const { terms, sums, carriedInMinor, taxRateBps } = input;
  const { billedMinor, refundedMinor, clawbackMinor, recoveryMinor } = sums;
  if (carriedInMinor > 0n) throw new RangeError('a partner carries nothing but what it owes');
  if ([billedMinor, refundedMinor, clawbackMinor, recoveryMinor].some((sum) => sum < 0n)) {
    throw new RangeError('the sums of a partner are given without sign');
  }
  const earnedMinor = earned(terms, sums);
  const balanceMinor = earnedMinor + carriedInMinor;
  const exTaxMinor = balanceMinor > 0n ? balanceMinor : 0n;
  return {
    earnedMinor,
    carriedInMinor,
    carriedOutMinor: balanceMinor - exTaxMinor,
    exTaxMinor,
    taxRateBps,
    taxMinor: taxOn(exTaxMinor, taxRateBps),
  };
}

/** `T` of a partner: what it sold less what came back in the month. */
export function partnerTotal({
  billedMinor,
  refundedMinor,
  clawbackMinor,
  recoveryMinor,
}: PartnerSums): bigint {
  return billedMinor - refundedMinor - clawbackMinor + recoveryMinor;
}

const FULL_BPS = 10_000n;

function earned(terms: CommissionTerms, sums: PartnerSums): bigint {
  switch (terms.basis) {
    case 'none':
      return 0n;
    case 'percent':
      // Division of bigint drops the fraction towards zero.
      return (partnerTotal(sums) * BigInt(terms.percentBps)) / FULL_BPS;
    case 'flat':
      return BigInt(terms.perItemMinor) * BigInt(sums.itemCount);
    case 'tiers':
      return ofTiers(terms.tiers, partnerTotal(sums)) / FULL_BPS;
    default:
      return terms satisfies never;
  }
}

/** In ten-thousandths. Below zero the first tier counts. */
function ofTiers(tiers: readonly Tier[], totalMinor: bigint): bigint {
  if (totalMinor < 0n) return totalMinor * BigInt(tiers[0]?.percentBps ?? 0);
  return tiers.reduce((sum, { aboveMinor, percentBps }, index) => {
    const next = tiers[index + 1];
    const bound = next && BigInt(next.aboveMinor) < totalMinor ? BigInt(next.aboveMinor) : totalMinor;
    const part = bound - BigInt(aboveMinor);
    return part > 0n ? sum + part * BigInt(percentBps) : sum;
  }, 0n);
}
