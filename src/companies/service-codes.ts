import type { Orm } from '../database/orm.ts';
import { serviceNotFound } from '../contracts/selling-terms.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** A service keeps its code for good, so what was read once is known; per database, for tests have several. */
const codesOf = new WeakMap<Orm, Map<number, string>>();

/** The codes by which a company knows its services, by row id. Reads only those not known yet. */
export async function findServiceCodes(
  deps: Deps,
  serviceIds: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  let codes = codesOf.get(deps.orm);
  if (!codes) codesOf.set(deps.orm, (codes = new Map()));
  const unknown = [...new Set(serviceIds)].filter((id) => !codes.has(id));
  if (unknown.length > 0) {
    const query = sqlOf(emOf(deps)).selectFrom('service').select(['id', 'code']).where('id', 'in', unknown);
    for (const { id, code } of await query.execute()) codes.set(id, code);
  }
  return codes;
}

/** The row id of a service of a company. @throws Problem `service-not-found` also for a service of another company */
export async function findServiceId(
  deps: Deps,
  companyId: number | undefined,
  code: string,
): Promise<number> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('service')
    .select('id')
    .where('companyId', '=', companyId ?? 0)
    .where('code', '=', code)
    .executeTakeFirst();
  if (!row) throw serviceNotFound();
  return row.id;
}
