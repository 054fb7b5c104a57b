import type { Deps } from '../../../src/deps.ts';
import { sqlOf } from '../../../src/database/sql.ts';
import { emOf } from '../../../src/database/transaction.ts';
import type { TenureKey } from '../../../src/limits/line-spending.ts';
import { CLOSING_GROUPS, type ClosingGroup } from '../../../src/shared/calendar.rules.ts';

export const invoiceColumns = [
  'invoice_number',
  'line_id',
  'holder_from',
  'billing_period',
  'closing_date',
  'item_count',
  'total',
] as const;

const PAGE = 5_000;

/** The invoices of closed periods, period by period, in the order in which the groups close, by line and tenure. */
export async function* streamInvoices(deps: Deps) {
  for (const { period, closingGroup, closesOn } of await listClosedPeriods(deps)) {
    for (let after = { lineId: '', holderFrom: '' }; ;) {
      const page = await findPage(deps, { period, closingGroup, after });
      for (const row of page) {
        yield {
          invoice_number: row.number,
          line_id: row.lineId,
          holder_from: row.holderFrom,
          billing_period: period,
          closing_date: closesOn,
          item_count: row.itemCount,
          total: row.totalMinor,
        };
      }
      const last = page.at(-1);
      if (!last || page.length < PAGE) break;
      after = last;
    }
  }
}

/** Closed billing periods with their proofs, oldest first, in the order in which the groups close. */
export async function listClosedPeriods(deps: Deps) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'closesOn', 'invoiceCount', 'itemCount', 'totalMinor'])
    .where('state', '=', 'closed')
    .orderBy('period')
    .execute();
  return rows.sort(
    (one, other) =>
      (one.period < other.period ? -1 : Number(one.period > other.period)) ||
      place(one.closingGroup) - place(other.closingGroup),
  );
}

/** Which place a group takes among those that close a period. */
function place(group: ClosingGroup): number {
  return CLOSING_GROUPS.indexOf(group);
}

interface Page {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
  readonly after: TenureKey;
}

function findPage(deps: Deps, { period, closingGroup, after }: Page) {
  return sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select(['number', 'lineId', 'holderFrom', 'itemCount', 'totalMinor'])
    .where('billingPeriod', '=', period)
    .where('closingGroup', '=', closingGroup)
    .where('lineId', '>=', after.lineId)
    .where(({ eb, or }) => or([eb('lineId', '>', after.lineId), eb('holderFrom', '>', after.holderFrom)]))
    .where('number', 'is not', null)
    .orderBy('lineId')
    .orderBy('holderFrom')
    .limit(PAGE)
    .execute();
}
