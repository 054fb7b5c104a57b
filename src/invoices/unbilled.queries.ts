import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { billable, type Billable } from './charge-range.queries.ts';

/** The billing periods that take charges or are being closed, in the order in which they close. */
export function listUnclosedPeriods(deps: Deps): Promise<PeriodKey[]> {
  return sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup'])
    .where('state', 'in', ['open', 'closing'])
    .orderBy('closesOn')
    .orderBy('period')
    .execute();
}

/**
 * How many charges and refunds of a period, booked through a business date, are on no invoice yet. Counted in their indexes,
 * without reading a charge.
 */
export async function countUnbilled(deps: Deps, key: PeriodKey, businessDate: string): Promise<number> {
  const [booked, items] = await Promise.all([
    Promise.all(
      billable.map((table) =>
        ofPeriod(deps, table, key)
          .select(({ fn }) => fn.countAll().as('count'))
          .where('businessDate', '<=', businessDate)
          .executeTakeFirstOrThrow(),
      ),
    ),
    sqlOf(emOf(deps))
      .selectFrom('line_invoice')
      .select(({ fn }) => fn.sum('itemCount').as('count'))
      .where('billingPeriod', '=', key.period)
      .where('closingGroup', '=', key.closingGroup)
      .executeTakeFirstOrThrow(),
  ]);
  return booked.reduce((sum, { count }) => sum + Number(count), 0) - Number(items.count ?? 0);
}

/** The last business date in a range on which a period has charges or refunds: one step in each index, not a scan. */
export async function findBookedDate(
  deps: Deps,
  key: PeriodKey,
  range: { readonly through: string } | { readonly before: string },
): Promise<string | undefined> {
  const dates = await Promise.all(billable.map((table) => findDate(deps, table, { key, range })));
  return dates
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
}

async function findDate(
  deps: Deps,
  table: Billable,
  { key, range }: { key: PeriodKey; range: { readonly through: string } | { readonly before: string } },
): Promise<string | undefined> {
  const query = ofPeriod(deps, table, key).select('businessDate');
  const row = await (
    'through' in range
      ? query.where('businessDate', '<=', range.through)
      : query.where('businessDate', '<', range.before)
  )
    .orderBy('businessDate', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.businessDate ?? undefined;
}

const ofPeriod = (deps: Deps, table: Billable, key: PeriodKey) =>
  sqlOf(emOf(deps))
    .selectFrom(table)
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup);
