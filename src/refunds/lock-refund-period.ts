import { sql } from 'kysely';
import { findPeriodStates } from '../billing-periods/period-states.ts';
import { periodKey, type PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { runStatement } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { lockBillingPeriods } from '../limits/assign-billing-period.ts';
import type { TenureKey } from '../limits/line-spending.ts';
import { lockTenures } from '../limits/tenure-hold.ts';
import { addMonths, monthOf, periodRange } from '../shared/calendar.rules.ts';
import { contains } from '../shared/date-range.rules.ts';

/** A tenure whose charge is given back today. */
export interface RefundDate extends TenureKey {
  readonly businessDate: string;
  /** The billing period of the charge. */
  readonly chargePeriod: string;
}

/** Months back in which a tenure that has ended may still have an open billing period. */
export const MONTHS_BACK = 3;

/**
 * The open billing period whose invoice takes a refund to a tenure today, locked with the tenure as for a sale; undefined
 * when there is none any more, and the refund is paid by bank (domain.md §9). A tenure that holds its line has the period
 * that would take a charge of today. One that has ended has only what it began: a period of its own that is still open.
 */
export async function lockRefundPeriod(
  tx: InTransaction<Deps>,
  request: RefundDate,
): Promise<PeriodKey | undefined> {
  const tenure = await lockHolding(tx, request);
  if (tenure?.holds) {
    const [period] = await lockBillingPeriods(tx, [{ ...request, closingGroup: tenure.closingGroup }]);
    return period && { period: period.period, closingGroup: period.closingGroup };
  }
  await runStatement(tx.em, lockTenures([request]));
  return lockOwnOpenPeriod(tx, request, tenure?.validTo ?? null);
}

/** Locks the line, then its holder, shared: an import that ends the tenure waits. */
async function lockHolding(tx: InTransaction<Deps>, { lineId, holderFrom, businessDate }: RefundDate) {
  const row = await sqlOf(tx.em)
    .selectFrom('line as l')
    .innerJoin('line_holder as h', 'h.lineId', 'l.lineId')
    .select(['l.closingGroup', 'l.status', 'h.validTo'])
    .where('l.lineId', '=', lineId)
    .where('h.lineId', '=', lineId)
    .where('h.validFrom', '=', holderFrom)
    .modifyEnd(sql`LOCK IN SHARE MODE`)
    .executeTakeFirst();
  if (!row) return undefined;
  const { closingGroup, status, validTo } = row;
  const holds = status !== 'closed' && contains({ validFrom: holderFrom, validTo }, businessDate);
  return { closingGroup, validTo, holds };
}

/**
 * The oldest open period among those that the tenure began while it lasted, or bought in: it may have ended on a day before
 * its sales, when the line master tells so afterwards.
 */
async function lockOwnOpenPeriod(
  tx: InTransaction<Deps>,
  { lineId, holderFrom, businessDate, chargePeriod }: RefundDate,
  validTo: string | null,
): Promise<PeriodKey | undefined> {
  const rows = await sqlOf(tx.em)
    .selectFrom('line_period')
    .select(['period', 'closingGroup', 'spentMinor'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('period', '>=', addMonths(monthOf(businessDate), -MONTHS_BACK))
    .orderBy('period')
    .forUpdate()
    .execute();
  const end = validTo ?? businessDate;
  const own = rows.filter(
    ({ period, closingGroup, spentMinor }) =>
      period === chargePeriod || spentMinor > 0n || periodRange(period, closingGroup).startsOn < end,
  );
  if (own.length === 0) return undefined;
  const states = await runStatement(tx.em, findPeriodStates(own));
  return own.find((key) => states.get(periodKey(key))?.state === 'open');
}
