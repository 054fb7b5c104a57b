import { sql } from 'kysely';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { previewBillingPeriod } from '../limits/preview-billing-period.ts';
import { addMonths, monthOf } from '../shared/calendar.rules.ts';
import { contains } from '../shared/date-range.rules.ts';
import { MONTHS_BACK, type RefundDate } from './lock-refund-period.ts';

/**
 * The open billing period whose invoice would take a refund now, by the rule of `lockRefundPeriod`; undefined: it would be paid by
 * bank. Locks nothing and creates no rows.
 */
export async function previewRefundPeriod(
  tx: InTransaction<Deps>,
  request: RefundDate,
): Promise<PeriodKey | undefined> {
  const { lineId, holderFrom, businessDate, chargePeriod } = request;
  const tenure = await sqlOf(tx.em)
    .selectFrom('line as l')
    .innerJoin('line_holder as h', 'h.lineId', 'l.lineId')
    .select(['l.closingGroup', 'l.status', 'h.validTo'])
    .where('l.lineId', '=', lineId)
    .where('h.validFrom', '=', holderFrom)
    .executeTakeFirst();
  const validTo = tenure?.validTo ?? null;
  if (tenure && tenure.status !== 'closed' && contains({ validFrom: holderFrom, validTo }, businessDate)) {
    const { closingGroup } = tenure;
    const assigned = await previewBillingPeriod(tx, { ...request, closingGroup });
    return { period: assigned.period, closingGroup: assigned.closingGroup };
  }
  return await sqlOf(tx.em)
    .selectFrom('line_period as p')
    .innerJoin('billing_period as b', (join) =>
      join.onRef('b.period', '=', 'p.period').onRef('b.closingGroup', '=', 'p.closingGroup'),
    )
    .select(['p.period', 'p.closingGroup'])
    .where('p.lineId', '=', lineId)
    .where('p.holderFrom', '=', holderFrom)
    .where('p.period', '>=', addMonths(monthOf(businessDate), -MONTHS_BACK))
    .where('b.state', '=', 'open')
    .where(({ eb, or }) =>
      or([
        eb('p.period', '=', chargePeriod),
        eb('p.spentMinor', '>', 0n),
        eb('b.startsOn', '<', sql.val(validTo ?? businessDate)),
      ]),
    )
    .orderBy('p.period')
    .limit(1)
    .executeTakeFirst();
}
