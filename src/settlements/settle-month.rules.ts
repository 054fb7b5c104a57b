import type { Currency } from '../shared/money.ts';
import type { TaxRate } from '../shared/tax.rules.ts';
import { determineSettlement, type SettlementFigures, type SettlementTerms } from './settlement.rules.ts';

/** What a company's next settlement takes over from earlier ones. */
export interface SettledBefore {
  readonly carriedOutMinor: bigint;
  /** The contracts whose set-up fee is billed. */
  readonly setUpBilled: ReadonlySet<number>;
}

/** Of a company that was never settled. */
export const NEVER_SETTLED: SettledBefore = { carriedOutMinor: 0n, setUpBilled: new Set() };

/** What a company sold and gave back in a month, as it is counted (domain.md section 1). */
export interface MonthSums {
  readonly billedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly lineCount: number;
  readonly itemCount: number;
}

export interface MonthToSettle {
  readonly companyId: number;
  readonly period: string;
  /** Undefined for a company that only carries a balance. */
  readonly billed: MonthSums | undefined;
  /** What is clawed back and recovered by now; undefined for nothing. */
  readonly clawbacks: { readonly clawbackMinor: bigint; readonly recoveryMinor: bigint } | undefined;
  /** What it pays of its partners' commissions, tax included; none by default. */
  readonly commissionMinor?: bigint | undefined;
  readonly before: SettledBefore;
  readonly terms: SettlementTerms;
  readonly taxRates: readonly TaxRate[];
  readonly currency: Currency;
}

const NOTHING: MonthSums = { billedMinor: 0n, refundedMinor: 0n, lineCount: 0, itemCount: 0 };

/**
 * Settles a month of a company after those before it: the one rule of the drafts of the night and of previews.
 * Throws RangeError for figures no settlement can have.
 */
export function settleMonth(month: MonthToSettle): SettlementFigures {
  const { companyId, period, billed = NOTHING, clawbacks, before, terms, taxRates, currency } = month;
  const { billedMinor, refundedMinor, lineCount, itemCount } = billed;
  return determineSettlement({
    companyId,
    period,
    billed: { billedMinor, lineCount, itemCount },
    refundedMinor,
    clawbackMinor: clawbacks?.clawbackMinor ?? 0n,
    recoveryMinor: clawbacks?.recoveryMinor ?? 0n,
    commissionMinor: month.commissionMinor,
    carriedInMinor: before.carriedOutMinor,
    setUpDue: !before.setUpBilled.has(terms.contractId),
    terms,
    taxRates,
    currency,
  });
}

/** What the month after a settlement takes over. */
export function settledAfter(
  before: SettledBefore,
  { contractId, setUpExTaxMinor, carriedOutMinor }: SettlementFigures,
): SettledBefore {
  const setUpBilled =
    setUpExTaxMinor > 0n ? new Set([...before.setUpBilled, contractId]) : before.setUpBilled;
  return { carriedOutMinor, setUpBilled };
}
