import type { Currency } from '../shared/money.ts';
import type { TaxRate } from '../shared/tax.rules.ts';
import {
  settledAfter,
  settleMonth,
  type MonthSums,
  type SettledBefore,
} from '../settlements/settle-month.rules.ts';
import type { SettlementFigures, SettlementTerms } from '../settlements/settlement.rules.ts';

/** A refund as far as the counts of a month depend on it. */
export interface CountedRefund {
  readonly amountMinor: bigint;
  /** It leaves nothing of a charge of the same month. */
  readonly endsItem: boolean;
  /** And that charge is the only one that counts of its line. */
  readonly endsLine: boolean;
}

/** The counts of a month with a refund that is booked in it (domain.md §1). */
export function countWith(
  { billedMinor, refundedMinor, lineCount, itemCount }: MonthSums,
  { amountMinor, endsItem, endsLine }: CountedRefund,
): MonthSums {
  return {
    billedMinor,
    refundedMinor: refundedMinor + amountMinor,
    lineCount: endsItem && endsLine ? lineCount - 1 : lineCount,
    itemCount: endsItem ? itemCount - 1 : itemCount,
  };
}

/** A month that is not settled yet, with what would be in its settlement now. */
export interface UnsettledMonth {
  readonly period: string;
  readonly sums: MonthSums;
  readonly clawbacks: { readonly clawbackMinor: bigint; readonly recoveryMinor: bigint };
  /** Undefined without a contract with a tariff. */
  readonly terms: SettlementTerms | undefined;
}

interface Settling {
  readonly companyId: number;
  readonly taxRates: readonly TaxRate[];
  readonly currency: Currency;
}

/**
 * Whether the night settles the month at all: a month in which nothing was sold or refunded, and for which nothing waits, is
 * left out, and its set-up fee with it.
 */
export function isSettled({ sums, clawbacks }: UnsettledMonth, before: SettledBefore): boolean {
  const { billedMinor, refundedMinor } = sums;
  const sold = billedMinor + refundedMinor + clawbacks.clawbackMinor + clawbacks.recoveryMinor;
  return sold !== 0n || before.carriedOutMinor !== 0n;
}

/** What the settlement after these months takes over, if they were settled as they are now, in their order. */
export function settleInTurn(
  { companyId, ...rates }: Settling,
  months: readonly UnsettledMonth[],
  before: SettledBefore,
): SettledBefore {
  let state = before;
  for (const month of months) {
    const { period, sums: billed, clawbacks, terms } = month;
    if (!terms || !isSettled(month, state)) continue;
    const figures = settleMonth({ companyId, period, billed, clawbacks, before: state, terms, ...rates });
    state = settledAfter(state, figures);
  }
  return state;
}

/** The figures of a company's settlement of a month, as far as they are known. */
export interface MonthFigures extends Pick<
  SettlementFigures,
  | 'lineCount'
  | 'itemCount'
  | 'feeBranch'
  | 'feeExTaxMinor'
  | 'feeTaxMinor'
  | 'setUpExTaxMinor'
  | 'setUpTaxMinor'
  | 'clawbackMinor'
  | 'recoveryMinor'
  | 'carriedInMinor'
  | 'transferFeeMinor'
  | 'payoutMinor'
  | 'carriedOutMinor'
> {
  /** `T`: charges of the month, less the refunds booked in it. */
  readonly totalMinor: bigint;
  /** What the settlement comes to: payout, transfer fee and what is carried out. */
  readonly netMinor: bigint;
}

/** The figures of a month, by the rules of the night; a month that is not settled has neither fee nor set-up fee. */
export function figuresOf(
  { companyId, ...rates }: Settling,
  month: UnsettledMonth & { readonly terms: SettlementTerms },
  before: SettledBefore,
): MonthFigures {
  const { period, sums: billed, clawbacks, terms } = month;
  const taken = isSettled(month, before) ? before : { ...before, setUpBilled: new Set([terms.contractId]) };
  const figures = settleMonth({ companyId, period, billed, clawbacks, before: taken, terms, ...rates });
  const { lineCount, itemCount, feeBranch, feeExTaxMinor, feeTaxMinor, setUpExTaxMinor } = figures;
  const { setUpTaxMinor, clawbackMinor, recoveryMinor, carriedInMinor } = figures;
  const { transferFeeMinor, payoutMinor, carriedOutMinor } = figures;
  return {
    totalMinor: billed.billedMinor - billed.refundedMinor,
    lineCount,
    itemCount,
    feeBranch,
    feeExTaxMinor,
    feeTaxMinor,
    setUpExTaxMinor,
    setUpTaxMinor,
    clawbackMinor,
    recoveryMinor,
    carriedInMinor,
    netMinor: payoutMinor + transferFeeMinor + carriedOutMinor,
    transferFeeMinor,
    payoutMinor,
    carriedOutMinor,
  };
}
