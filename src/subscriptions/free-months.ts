import type { Deps } from '../deps.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Buyer } from '../lines/entitlement.queries.ts';
import type { FreeMonth } from './free-month.entity.ts';

/** An item as one tenure of a line knows it, whichever issued ID joins, and whatever amount or description it has. */
export interface ItemOfTenure extends Pick<Buyer, 'lineId' | 'holderFrom'> {
  readonly serviceId: number;
  readonly itemCode: string;
}

interface Claim extends ItemOfTenure {
  readonly kind: FreeMonth['kind'];
  readonly subscriptionId: string;
  /** `YYYY-MM`. */
  readonly month: string;
}

/**
 * Claims the free first or last month of a tenure and item for a subscription (domain.md §2). Returns true when this
 * subscription has it, from now or from before; false when another one does. The table's key admits one claim for ever, and
 * of two simultaneous claims the second waits for the first.
 */
export async function claimFreeMonth(tx: InTransaction<Deps>, claim: Claim): Promise<boolean> {
  const { lineId, holderFrom, serviceId, itemCode, kind, subscriptionId, month } = claim;
  const [row] = await queryRows<{ subscriptionId: string }>(
    tx.em,
    `INSERT INTO free_month (line_id, holder_from, service_id, item_code, kind, subscription_id, month) VALUES (?)
     ON DUPLICATE KEY UPDATE month = month
     RETURNING subscription_id AS subscriptionId`,
    [[lineId, holderFrom, serviceId, itemCode, kind, subscriptionId, month]],
  );
  return row?.subscriptionId === subscriptionId;
}

/** Which free months of an item nobody of the tenure has claimed yet. */
export interface FreeMonthsLeft {
  readonly first: boolean;
  readonly last: boolean;
}

/** The free months of an item that are left to a tenure. */
export async function findFreeMonthsLeft(deps: Deps, item: ItemOfTenure): Promise<FreeMonthsLeft> {
  const claimed = await sqlOf(emOf(deps))
    .selectFrom('free_month')
    .select('kind')
    .where('lineId', '=', item.lineId)
    .where('holderFrom', '=', item.holderFrom)
    .where('serviceId', '=', item.serviceId)
    .where('itemCode', '=', item.itemCode)
    .execute();
  const kinds = new Set(claimed.map(({ kind }) => kind));
  return { first: !kinds.has('first'), last: !kinds.has('last') };
}
