import { publicId } from '../shared/public-id.rules.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import type { ListedDelivery } from './delivery.queries.ts';
import type { deliverySchema, endpointSchema } from './endpoint.schema.ts';
import { readTypes } from './endpoint.queries.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

export type PresentedEndpoint = FromSchema<typeof endpointSchema>;
export type PresentedDelivery = FromSchema<typeof deliverySchema>;

/** Shows an endpoint; its secret only to who has just made it. */
export function presentEndpoint(endpoint: WebhookEndpoint, secret: string | null = null): PresentedEndpoint {
  return {
    id: publicId('webhook-endpoint', endpoint.id),
    url: endpoint.url,
    description: endpoint.description ?? null,
    event_types: readTypes(endpoint.eventTypes),
    state: endpoint.state === 'enabled' ? 'enabled' : 'disabled',
    state_reason: endpoint.stateReason ?? null,
    secret,
    previous_secret_until: endpoint.previousSecretUntil?.toISOString() ?? null,
    public_key: endpoint.publicKey ?? null,
    failing_since: endpoint.failingSince?.toISOString() ?? null,
    last_succeeded_at: endpoint.lastSucceededAt?.toISOString() ?? null,
    created_at: endpoint.createdAt.toISOString(),
  };
}

/** Shows a delivery with its attempts. */
export function presentDelivery({ delivery, eventType, attempts }: ListedDelivery): PresentedDelivery {
  const { state, eventId } = delivery;
  return {
    id: publicId('webhook-delivery', delivery.id),
    endpoint: publicId('webhook-endpoint', delivery.endpointId),
    kind: delivery.kind,
    event: eventId == null ? null : publicId('event', eventId),
    event_type: eventType,
    state,
    created_at: delivery.createdAt.toISOString(),
    next_attempt_at: state === 'pending' ? delivery.nextAttemptAt.toISOString() : null,
    finished_at: delivery.finishedAt?.toISOString() ?? null,
    attempts: attempts.map(({ number, startedAt, durationMs, status, error, response }) => ({
      number,
      started_at: startedAt.toISOString(),
      duration_ms: durationMs,
      status: status ?? null,
      error: error ?? null,
      response: response ?? null,
    })),
  };
}
