import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { TaxCode } from '../shared/tax.rules.ts';

/** Refunds by bank of one service, tax rate, closing group and month of the charges. */
export interface BankRefundLine {
  readonly serviceId: number;
  readonly taxCode: TaxCode;
  readonly taxRateBps: number;
  /** The billing period and closing group of the charges. */
  readonly chargePeriod: string;
  readonly chargeGroup: ClosingGroup;
  readonly lineCount: number;
  readonly refundCount: number;
  readonly refundedMinor: bigint;
}

/** What a company's settlement of a month deducts for refunds that are on no invoice. */
export interface BankRefunds {
  readonly refundedMinor: bigint;
  readonly refundCount: number;
  readonly lines: readonly BankRefundLine[];
}

/**
 * The refunds by bank of a calendar month, by company (domain.md §9: they lower `T` of the month in which they are booked, and
 * never `N`). Companies without any are not in the map.
 */
export async function sumBankRefunds(deps: Deps, month: string): Promise<ReadonlyMap<number, BankRefunds>> {
  const key = ['companyId', 'serviceId', 'taxCode', 'taxRateBps', 'chargePeriod', 'chargeGroup'] as const;
  const rows = await sqlOf(emOf(deps))
    .selectFrom('refund')
    .select(key)
    .select(({ fn }) => [
      fn.countAll().as('count'),
      fn.count('lineId').distinct().as('lines'),
      fn.sum('amountMinor').as('minor'),
    ])
    .where('billingPeriod', '=', month)
    .where('closingGroup', 'is', null)
    .where('kind', '=', 'bank')
    .groupBy(key)
    .orderBy('companyId')
    .orderBy('serviceId')
    .orderBy('chargePeriod')
    .orderBy('chargeGroup')
    .execute();
  const lines = rows.map(({ count, lines: lineCount, minor, ...line }) => ({
    ...line,
    lineCount: Number(lineCount),
    refundCount: Number(count),
    refundedMinor: BigInt(minor),
  }));
  return new Map(
    [...Map.groupBy(lines, ({ companyId }) => companyId)].map(([companyId, own]) => [
      companyId,
      {
        refundedMinor: own.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0n),
        refundCount: own.reduce((sum, { refundCount }) => sum + refundCount, 0),
        lines: own,
      },
    ]),
  );
}
