import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { presentEvents } from '../published-events/event.presenter.ts';
import type { PublishedEvent } from '../published-events/published-event.entity.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { testEvent, writeBody } from './message-body.rules.ts';
import type { WebhookDelivery } from './webhook-delivery.entity.ts';

/** What is sent: `id` is the event's, the same however often it is sent. */
export interface UnsignedMessage {
  readonly id: string;
  readonly body: string;
}

/** Why nothing was sent: the event could not be shown. */
export const MESSAGE_FAILED = 'message-failed';

/** The messages of deliveries, by the delivery's identifier; one that cannot be made is not there. */
export async function readMessages(
  deps: Deps,
  deliveries: readonly WebhookDelivery[],
): Promise<ReadonlyMap<string, UnsignedMessage>> {
  const eventIds = [...new Set(deliveries.flatMap(({ eventId }) => eventId ?? []))];
  const rows =
    eventIds.length === 0
      ? []
      : await sqlOf(emOf(deps))
          .selectFrom('published_event')
          .selectAll()
          .where('id', 'in', eventIds)
          .execute();
  const bodies = new Map(await writeBodies(deps, rows));
  return new Map(
    deliveries.flatMap((delivery) => {
      const id = publicId('event', delivery.eventId ?? delivery.id);
      const body = delivery.eventId == null ? testBody(id, delivery) : bodies.get(id);
      return body === undefined ? [] : [[delivery.id, { id, body }] as const];
    }),
  );
}

type Body = readonly [id: string, body: string];

/** All at once; each by itself when that fails, so that one event never holds the others up. */
async function writeBodies(deps: Deps, rows: readonly PublishedEvent[]): Promise<Body[]> {
  const write = async (events: readonly PublishedEvent[]) =>
    (await presentEvents(deps, events)).map((event) => [event.id, writeBody(event)] as const);
  try {
    return await write(rows);
  } catch {
    const bodies: Body[] = [];
    for (const row of rows) {
      try {
        bodies.push(...(await write([row])));
      } catch (err) {
        deps.log.error({ err, event: row.id }, 'webhook-message-failed');
      }
    }
    return bodies;
  }
}

function testBody(id: string, { endpointId, createdAt }: WebhookDelivery): string {
  return writeBody(testEvent(id, publicId('webhook-endpoint', endpointId), createdAt));
}
