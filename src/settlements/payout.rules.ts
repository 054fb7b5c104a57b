import { nextBankDay, previousBankDay } from '../shared/bank-days.rules.ts';
import { addMonths, dayOfMonth } from '../shared/calendar-date.rules.ts';

/** The sums of one company's settlement. All but `carriedInMinor` are zero or positive. */
export interface SettlementSums {
  /** Billed to lines in the period, before its refunds. */
  readonly billedTotalMinor: bigint;
  readonly refundsMinor: bigint;
  readonly feeExTaxMinor: bigint;
  readonly feeTaxMinor: bigint;
  /** Balance of the month before: negative when the company owes the carrier. */
  readonly carriedInMinor: bigint;
}

export interface Payout {
  readonly payoutMinor: bigint;
  /** Zero or negative: what the company still owes, deducted from the next month. */
  readonly carriedOutMinor: bigint;
}

/**
 * What is paid to a company: billed − refunds − fee − tax + carried in. A negative result is not
 * collected but carried, so payout + carried out is always the net. Throws RangeError for a negative sum.
 */
export function calculatePayout(sums: SettlementSums): Payout {
  const { billedTotalMinor, refundsMinor, feeExTaxMinor, feeTaxMinor, carriedInMinor } = sums;
  for (const sum of [billedTotalMinor, refundsMinor, feeExTaxMinor, feeTaxMinor]) {
    if (sum < 0n) throw new RangeError('the sums of a settlement are given without sign');
  }
  const netMinor = billedTotalMinor - refundsMinor - feeExTaxMinor - feeTaxMinor + carriedInMinor;
  return netMinor < 0n
    ? { payoutMinor: 0n, carriedOutMinor: netMinor }
    : { payoutMinor: netMinor, carriedOutMinor: 0n };
}

/** When a contract pays: `day` of the month `months` after the period's month (31 = month end), moved to a bank day. */
export interface PayoutTerms {
  readonly period: string;
  readonly months: number;
  readonly day: number;
  readonly bankDay: 'previous' | 'next';
}

/** The date on which a period is paid out, by the contract's own bank day rule (domain.md section 3). */
export function payoutDate({ period, months, day, bankDay }: PayoutTerms): string {
  const date = dayOfMonth(addMonths(period, months), day);
  return bankDay === 'previous' ? previousBankDay(date) : nextBankDay(date);
}
