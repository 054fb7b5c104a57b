import type { PresentedEvent } from '../published-events/event.presenter.ts';

/** Standard Webhooks asks for small messages; receivers may refuse larger ones. */
export const MAX_BODY_BYTES = 20_000;

/** What an event of a test says. */
export interface TestEvent extends Omit<PresentedEvent, 'type'> {
  readonly type: 'webhook-endpoint.tested';
}

/**
 * The body of a message: the event as the API returns it. One that would be too large has its object by its identifier alone: the
 * receiver reads the rest from the API.
 */
export function writeBody(event: PresentedEvent | TestEvent): string {
  const body = JSON.stringify(event);
  if (Buffer.byteLength(body) < MAX_BODY_BYTES) return body;
  const object = { id: event.data.object['id'] };
  return JSON.stringify({ ...event, data: { object, details: { is_shortened: true } } });
}

/** The event of a test, for an endpoint and an instant. */
export function testEvent(id: string, endpoint: string, at: Date): TestEvent {
  return {
    id,
    type: 'webhook-endpoint.tested',
    sequence: 0,
    occurred_at: at.toISOString(),
    created_at: at.toISOString(),
    data: { object: { id: endpoint }, details: {} },
  };
}
