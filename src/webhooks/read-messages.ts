import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { presentEvents } from '../published-events/event.presenter.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { testEvent, writeBody } from './message-body.rules.ts';
import type { WebhookDelivery } from './webhook-delivery.entity.ts';

/** What is sent: `id` is the event's, the same however often it is sent. */
export interface UnsignedMessage {
  readonly id: string;
  readonly body: string;
}

/** The messages of deliveries, by the delivery's identifier. */
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
  const presented = await presentEvents(deps, rows);
  const bodies = new Map(presented.map((event) => [event.id, writeBody(event)]));
  return new Map(
    deliveries.map((delivery) => {
      const id = publicId('event', delivery.eventId ?? delivery.id);
      return [delivery.id, { id, body: bodies.get(id) ?? testBody(id, delivery) }];
    }),
  );
}

function testBody(id: string, { endpointId, createdAt }: WebhookDelivery): string {
  return writeBody(testEvent(id, publicId('webhook-endpoint', endpointId), createdAt));
}
