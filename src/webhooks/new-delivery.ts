import type { Deps } from '../deps.ts';
import type { WebhookDelivery } from './webhook-delivery.entity.ts';

interface Delivered {
  readonly endpointId: string;
  readonly kind: WebhookDelivery['kind'];
  readonly eventId: string | null;
}

/** A delivery that is due now. */
export function newDelivery({ ids, clock }: Deps, { endpointId, kind, eventId }: Delivered) {
  const now = clock.now();
  return {
    id: ids.next(),
    endpointId,
    kind,
    eventId,
    onceEvent: kind === 'event' ? eventId : null,
    state: 'pending',
    attempts: 0,
    createdAt: now,
    nextAttemptAt: now,
  } as const;
}
