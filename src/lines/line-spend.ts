import type { Deps } from '../deps.ts';
import type { InTransaction } from '../database/transaction.ts';
import { insertRows } from '../database/rows.ts';
import { sqlOf } from '../database/sql.ts';

/** An amount a line has spent or reserved in one of its billing periods. */
export interface Spend {
  readonly lineId: string;
  readonly period: string;
  readonly amountMinor: bigint;
}

/** Adds to what lines have spent. The rows are there and locked since the period was assigned. */
export async function addSpend(tx: InTransaction<Deps>, spends: readonly Spend[]): Promise<void> {
  if (spends.length === 0) return;
  const rows = sumByLinePeriod(spends).map(({ lineId, period, amountMinor }) => ({
    lineId,
    period,
    closingGroup: 31 as const, // never used: the row exists
    spentMinor: amountMinor,
  }));
  await insertRows(
    tx.em,
    'line_period',
    rows,
    'ON DUPLICATE KEY UPDATE spent_minor = spent_minor + VALUES(spent_minor)',
  );
}

/** Takes back what was reserved or spent, line by line; never below zero, which the table refuses. */
export async function takeBackSpend(tx: InTransaction<Deps>, spends: readonly Spend[]): Promise<void> {
  for (const { lineId, period, amountMinor } of sumByLinePeriod(spends)) {
    await sqlOf(tx.em)
      .updateTable('line_period')
      .set(({ eb }) => ({ spentMinor: eb('spentMinor', '-', amountMinor) }))
      .where('lineId', '=', lineId)
      .where('period', '=', period)
      .execute();
  }
}

/** One row a line and period, in the order in which everybody locks them. */
function sumByLinePeriod(spends: readonly Spend[]): Spend[] {
  const sums = new Map<string, Spend>();
  for (const spend of spends) {
    const key = `${spend.lineId}|${spend.period}`;
    sums.set(key, { ...spend, amountMinor: (sums.get(key)?.amountMinor ?? 0n) + spend.amountMinor });
  }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, spend]) => spend);
}
