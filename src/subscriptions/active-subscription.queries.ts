import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';

interface ItemOfSubscriber {
  readonly subscriberId: number;
  readonly serviceId: number;
  readonly itemCode: string;
}

/** The identifier of a subscriber's active subscription to an item, if there is one: nobody joins an item twice. */
export async function findActiveSubscription(
  deps: Deps,
  { subscriberId, serviceId, itemCode }: ItemOfSubscriber,
): Promise<string | undefined> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('subscription')
    .select('id')
    .where('subscriberId', '=', subscriberId)
    .where('serviceId', '=', serviceId)
    .where('itemCode', '=', itemCode)
    .where('state', '=', 'active')
    .executeTakeFirst();
  return row?.id;
}
