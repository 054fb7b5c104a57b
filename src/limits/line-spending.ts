import { insertRows } from '../database/rows.ts';
import { writeStatement, type Statement } from '../database/statement.ts';
import { compare } from '../shared/calendar.rules.ts';

/** Who holds a line, by the first day of the holding: what limits and invoices count by. */
export interface TenureKey {
  readonly lineId: string;
  readonly holderFrom: string;
}

/** One text for a tenure; also the order in which everybody locks tenures. */
export const tenureKey = ({ lineId, holderFrom }: TenureKey): string => `${lineId}|${holderFrom}`;

/** An amount that a tenure has booked in one of its billing periods. */
export interface Spend extends TenureKey {
  readonly period: string;
  readonly amountMinor: bigint;
}

/** Adds to what tenures have booked. The rows are there and locked since the period was assigned. */
export function bookSpending(spends: readonly Spend[]): Statement<void> {
  const rows = sumByPeriod(spends).map(({ lineId, holderFrom, period, amountMinor }) => ({
    lineId,
    holderFrom,
    period,
    closingGroup: 31 as const, // never used: the row exists
    spentMinor: amountMinor,
  }));
  return insertRows(
    'line_period',
    rows,
    'ON DUPLICATE KEY UPDATE spent_minor = spent_minor + VALUES(spent_minor)',
  );
}

/** Takes a refund off what a tenure has booked in the charge's own period, which is locked; never below zero, which the table refuses. */
export function giveBackSpending({ lineId, holderFrom, period, amountMinor }: Spend): Statement<void> {
  return writeStatement(
    'UPDATE line_period SET spent_minor = spent_minor - ? WHERE line_id = ? AND holder_from = ? AND period = ?',
    [amountMinor, lineId, holderFrom, period],
  );
}

/** One row a tenure and period, in the order in which everybody locks them. */
function sumByPeriod(spends: readonly Spend[]): Spend[] {
  const sums = new Map<string, Spend>();
  for (const spend of spends) {
    const key = `${tenureKey(spend)}|${spend.period}`;
    sums.set(key, { ...spend, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + spend.amountMinor });
  }
  return [...sums].sort(([a], [b]) => compare(a, b)).map(([, spend]) => spend);
}
