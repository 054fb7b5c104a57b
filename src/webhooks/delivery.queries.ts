import type { Actor } from '../access/actor.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { getEndpoint } from './endpoint.queries.ts';
import type { DeliveryState, WebhookAttempt, WebhookDelivery } from './webhook-delivery.entity.ts';

/** A delivery with its attempts and the type of its event. */
export interface ListedDelivery {
  readonly delivery: WebhookDelivery;
  readonly eventType: string | null;
  readonly attempts: readonly WebhookAttempt[];
}

/** A page of deliveries as it is asked for. */
export interface DeliveryList {
  readonly endpointId: string;
  readonly limit: number;
  /** The last identifier of the previous page. */
  readonly after?: string | undefined;
  readonly state?: DeliveryState | undefined;
}

/** A page of what was sent to an endpoint, newest first, with each attempt. @throws Problem `webhook-endpoint-not-found` */
export async function listDeliveries(
  deps: Deps,
  actor: Actor,
  { endpointId, limit, after, state }: DeliveryList,
): Promise<ListedDelivery[]> {
  await getEndpoint(deps, actor, endpointId);
  let query = sqlOf(emOf(deps))
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('endpointId', '=', endpointId);
  if (after !== undefined) query = query.where('id', '<', after);
  if (state !== undefined) query = query.where('state', '=', state);
  return await withAttempts(deps, await query.orderBy('id', 'desc').limit(limit).execute());
}

interface OneDelivery {
  readonly endpointId: string;
  readonly deliveryId: string;
}

/** One delivery to an endpoint, with each attempt. @throws Problem `webhook-endpoint-not-found`, `webhook-delivery-not-found` */
export async function getDelivery(
  deps: Deps,
  actor: Actor,
  { endpointId, deliveryId }: OneDelivery,
): Promise<ListedDelivery> {
  await getEndpoint(deps, actor, endpointId);
  const rows = await sqlOf(emOf(deps))
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('id', '=', deliveryId)
    .where('endpointId', '=', endpointId)
    .execute();
  const [found] = await withAttempts(deps, rows);
  if (!found) throw new Problem('webhook-delivery-not-found');
  return found;
}

/** Adds the attempts and the types of the events of deliveries. */
export async function withAttempts(
  deps: Deps,
  deliveries: readonly WebhookDelivery[],
): Promise<ListedDelivery[]> {
  if (deliveries.length === 0) return [];
  const db = sqlOf(emOf(deps));
  const ids = deliveries.map(({ id }) => id);
  const attempts = await db
    .selectFrom('webhook_attempt')
    .selectAll()
    .where('deliveryId', 'in', ids)
    .orderBy('number')
    .execute();
  const eventIds = deliveries.flatMap(({ eventId }) => eventId ?? []);
  const events = eventIds.length
    ? await db.selectFrom('published_event').select(['id', 'type']).where('id', 'in', eventIds).execute()
    : [];
  const types = new Map(events.map(({ id, type }) => [id, type]));
  const byDelivery = Map.groupBy(attempts, ({ deliveryId }) => deliveryId);
  return deliveries.map((delivery) => ({
    delivery,
    eventType: types.get(delivery.eventId ?? '') ?? null,
    attempts: byDelivery.get(delivery.id) ?? [],
  }));
}

/** One delivery by its identifier, for who has made it. */
export async function getDeliveryRow(tx: InTransaction<Deps>, id: string): Promise<WebhookDelivery> {
  return await sqlOf(tx.em)
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
