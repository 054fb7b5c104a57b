import { addMonths, dayOfMonth } from '../shared/calendar-date.rules.ts';
import type { Currency } from '../shared/money.ts';
import { nextTransferDay, previousTransferDay } from '../shared/transfer-days.rules.ts';

/** The sums of one company's settlement. All but `carriedInMinor` are zero or positive. */
export interface SettlementSums {
  /** Billed to lines in the period, before its refunds. */
  readonly billedMinor: bigint;
  readonly refundedMinor: bigint;
  readonly feeExTaxMinor: bigint;
  readonly feeTaxMinor: bigint;
  readonly setUpExTaxMinor: bigint;
  readonly setUpTaxMinor: bigint;
  /** What the company pays of its partners' commissions, tax included. */
  readonly commissionMinor: bigint;
  /** Of what lines did not pay, and of what they paid later. */
  readonly clawbackMinor: bigint;
  readonly recoveryMinor: bigint;
  /** Balance of the month before: negative when the company owes the carrier, positive below the minimum payout. */
  readonly carriedInMinor: bigint;
}

/** What decides whether a net is transferred, and for how much. */
export interface TransferTerms {
  /** A smaller net is not transferred. */
  readonly minimumPayoutMinor: bigint;
  /** Tax included; zero where the carrier bears it. */
  readonly transferFeeMinor: bigint;
}

export interface Payout {
  /** Zero when nothing is transferred. */
  readonly transferFeeMinor: bigint;
  readonly payoutMinor: bigint;
  /** Negative: the company still owes it. Positive: it waits for a net that is large enough to be transferred. */
  readonly carriedOutMinor: bigint;
}

/**
 * What is paid to a company: billed − refunds − fee − set-up fee, both with their tax, − commissions − clawbacks + recoveries + carried
 * in, less the transfer fee. A negative net is not collected, one below the minimum payout (compared before the transfer
 * fee) or not above the transfer fee is not transferred: all of these are carried whole. So payout + transfer fee + carried
 * out is always the net (domain.md sections 1, 4 and 6). Throws RangeError for a negative sum.
 */
export function calculatePayout(sums: SettlementSums, transfer: TransferTerms): Payout {
  const { carriedInMinor, ...unsigned } = sums;
  for (const sum of [...Object.values(unsigned), ...Object.values(transfer)]) {
    if (sum < 0n) throw new RangeError('the sums of a settlement are given without sign');
  }
  const chargedMinor =
    sums.feeExTaxMinor +
    sums.feeTaxMinor +
    sums.setUpExTaxMinor +
    sums.setUpTaxMinor +
    sums.commissionMinor +
    sums.clawbackMinor;
  const netMinor = sums.billedMinor - sums.refundedMinor - chargedMinor + sums.recoveryMinor + carriedInMinor;
  const isTransferred =
    netMinor > 0n && netMinor >= transfer.minimumPayoutMinor && netMinor > transfer.transferFeeMinor;
  if (!isTransferred) return { transferFeeMinor: 0n, payoutMinor: 0n, carriedOutMinor: netMinor };
  const { transferFeeMinor } = transfer;
  return { transferFeeMinor, payoutMinor: netMinor - transferFeeMinor, carriedOutMinor: 0n };
}

/**
 * When a contract pays: `day` of the month `months` after the period's month (31 = month end), moved to a day on which the banks transfer
 * the currency.
 */
export interface PayoutTerms {
  readonly period: string;
  readonly months: number;
  readonly day: number;
  readonly bankDay: 'previous' | 'next';
  readonly currency: Currency;
}

/** The date on which a period is paid out, by the contract's own bank day rule (domain.md section 3). */
export function payoutDate({ period, months, day, bankDay, currency }: PayoutTerms): string {
  const date = dayOfMonth(addMonths(period, months), day);
  return bankDay === 'previous' ? previousTransferDay(date, currency) : nextTransferDay(date, currency);
}
