import { selectStatement, type Statement } from '../database/statement.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { compare } from '../shared/calendar.rules.ts';
import { tenureKey, type TenureKey } from './line-spending.ts';

/** A billing period of a tenure, by the closing group the tenure began it with, and what the tenure has spent in it. */
export interface LinePeriodRow extends TenureKey, PeriodKey {
  readonly bookedMinor: bigint;
}

/** A text that identifies a billing period of a tenure; all transactions lock them in the order of these texts. */
export const linePeriodKey = (key: TenureKey & { readonly period: string }): string =>
  `${tenureKey(key)}|${key.period}`;

/** Locks what each tenure has spent in a period, in the order of the keys; inserts the rows that do not exist yet. */
export function lockLinePeriods(
  wanted: readonly (TenureKey & PeriodKey)[],
): Statement<readonly LinePeriodRow[]> {
  const distinct = [...new Map(wanted.map((key) => [linePeriodKey(key), key]))];
  const values = distinct
    .sort(([a], [b]) => compare(a, b))
    .map(([, { lineId, holderFrom, period, closingGroup }]) => [lineId, holderFrom, period, closingGroup, 0]);
  return selectStatement(
    `INSERT INTO line_period (line_id, holder_from, period, closing_group, spent_minor) VALUES ?
     ON DUPLICATE KEY UPDATE spent_minor = spent_minor
     RETURNING line_id AS lineId, holder_from AS holderFrom, period, closing_group AS closingGroup,
       spent_minor AS spentMinor`,
    [values],
    (rows: readonly (TenureKey & PeriodKey & { spentMinor: number | string })[]) =>
      rows.map(({ spentMinor, ...row }) => ({ ...row, bookedMinor: BigInt(spentMinor) })),
  );
}
