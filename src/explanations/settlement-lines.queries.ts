import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { LineKey, ServiceKey } from './figure-address.rules.ts';
import type { Named } from './figure-node.types.ts';

/** Services with their names now, by id. */
export async function findServices(
  deps: Deps,
  serviceIds: readonly number[],
): Promise<ReadonlyMap<number, Named>> {
  if (serviceIds.length === 0) return new Map();
  const rows = await sqlOf(emOf(deps))
    .selectFrom('service')
    .select(['id', 'code', 'name', 'nameEn'])
    .where('id', 'in', [...new Set(serviceIds)])
    .execute();
  return new Map(rows.map(({ id, ...service }) => [id, service]));
}

interface Sums {
  readonly totalMinor: bigint;
  readonly itemCount: number;
}

const sums = {
  total: sql<string | number>`SUM(total_minor)`,
  items: sql<string | number>`SUM(item_count)`,
};

const summed = <Row extends { total: string | number; items: string | number }>({
  total,
  items,
  ...row
}: Row) => ({
  ...row,
  totalMinor: BigInt(total),
  itemCount: Number(items),
});

/** What is billed of each service and tax rate, over the closing groups. */
export async function listBilledServices(
  deps: Deps,
  settlementId: string,
): Promise<readonly (ServiceKey & Sums)[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement_part')
    .select(['serviceId', 'taxCode', 'taxRateBps', sums.total.as('total'), sums.items.as('items')])
    .where('settlementId', '=', settlementId)
    .where('kind', '=', 'charge')
    .groupBy(['serviceId', 'taxCode', 'taxRateBps'])
    .orderBy('serviceId')
    .orderBy('taxRateBps', 'desc')
    .execute();
  return rows.map(summed);
}

/** What is refunded, by the billing period of the charges. */
export async function listRefundedPeriods(deps: Deps, settlementId: string) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement_part')
    .select(['originalPeriod', sums.total.as('total'), sums.items.as('items')])
    .where('settlementId', '=', settlementId)
    .where('kind', '<>', 'charge')
    .groupBy('originalPeriod')
    .orderBy('originalPeriod')
    .execute();
  return rows.map(summed);
}

/** The lines of a service, or of the refunds of an original period; or one line. */
export async function listLines(
  deps: Deps,
  settlementId: string,
  key: ServiceKey | { readonly refundsOf: string } | LineKey,
): Promise<readonly (LineKey & Sums & { readonly lineCount: number })[]> {
  let query = sqlOf(emOf(deps))
    .selectFrom('settlement_part')
    .selectAll()
    .where('settlementId', '=', settlementId);
  if ('refundsOf' in key)
    query = query.where('originalPeriod', '=', key.refundsOf).where('kind', '<>', 'charge');
  else {
    const { serviceId, taxCode, taxRateBps } = key;
    query = query
      .where('serviceId', '=', serviceId)
      .where('taxCode', '=', taxCode)
      .where('taxRateBps', '=', taxRateBps);
    query =
      'kind' in key
        ? query
            .where('closingGroup', '=', key.closingGroup)
            .where('kind', '=', key.kind)
            .where('originalPeriod', '=', key.originalPeriod)
        : query.where('kind', '=', 'charge');
  }
  return await query.orderBy('closingGroup').orderBy('serviceId').orderBy('kind').execute();
}
