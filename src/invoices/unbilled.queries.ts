import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

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

/** How many charges of a period, captured through a business date, are on no invoice yet. Counted in two indexes, without reading a charge. */
export async function countUnbilled(deps: Deps, key: PeriodKey, businessDate: string): Promise<number> {
  const [charges, items] = await Promise.all([
    sqlOf(emOf(deps))
      .selectFrom('charge')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('billingPeriod', '=', key.period)
      .where('closingGroup', '=', key.closingGroup)
      .where('businessDate', '<=', businessDate)
      .executeTakeFirstOrThrow(),
    sqlOf(emOf(deps))
      .selectFrom('line_invoice')
      .select(({ fn }) => fn.sum('itemCount').as('count'))
      .where('billingPeriod', '=', key.period)
      .where('closingGroup', '=', key.closingGroup)
      .executeTakeFirstOrThrow(),
  ]);
  return Number(charges.count) - Number(items.count ?? 0);
}

/** The last business date in a range on which a period has charges: one step in the index, not a scan. */
export async function findChargedDate(
  deps: Deps,
  key: PeriodKey,
  range: { readonly through: string } | { readonly before: string },
): Promise<string | undefined> {
  const query = sqlOf(emOf(deps))
    .selectFrom('charge')
    .select('businessDate')
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup);
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
