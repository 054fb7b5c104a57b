import type { Actor } from '../access/actor.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { getPurchaseScope, listTenurePeriods, type PurchaseScope } from './purchase-scope.queries.ts';

/** The companies that an actor's people have been charged by, by name: the choices of a search. */
export async function listSellers(deps: Deps, actor: Actor) {
  const scope = await getPurchaseScope(deps, actor);
  const periods = await listTenurePeriods(deps, scope);
  const query = sellersQuery(
    scope,
    periods.map(({ period }) => period),
  );
  if (!query) return [];
  const rows = await queryRows<{ companyId: number }>(emOf(deps), query.text, query.values);
  if (rows.length === 0) return [];
  return sqlOf(emOf(deps))
    .selectFrom('company')
    .select(['code', 'name', 'nameEn'])
    .where(
      'id',
      'in',
      rows.map(({ companyId }) => companyId),
    )
    .orderBy('name')
    .execute();
}

/** The statement of `listSellers`. */
export function sellersQuery({ people }: Pick<PurchaseScope, 'people'>, periods: readonly string[]) {
  if (periods.length === 0 || people.length === 0) return undefined;
  return {
    text: `SELECT DISTINCT c.company_id AS companyId FROM charge c FORCE INDEX (charge_of_buyer)
      WHERE c.billing_period IN (?) AND c.subscriber_id IN (?)`,
    values: [periods, people.map(({ id }) => id)],
  };
}
