import { presentChargeAsOf } from '../charges/charge.presenter.ts';
import { findServiceCodes } from '../companies/service-codes.ts';
import { presentConsentAsOf } from '../consents/consent.presenter.ts';
import type { Deps } from '../deps.ts';
import type { FromSchema } from '../shared/schema-type.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { presentSubscriptionAsOf } from '../subscriptions/subscription.presenter.ts';
import { chargeAsOf, consentAsOf, subscriptionAsOf } from './event-as-of.rules.ts';
import { presentDetails, presentSnapshot, presentSubjectId, type Snapshot } from './event-snapshot.rules.ts';
import type { eventSchema } from './event.schema.ts';
import { readSubjects, type Subjects } from './event-subjects.queries.ts';
import type { PublishedEvent } from './published-event.entity.ts';

/** An event as its company reads it: never the line or a person. */
export type PresentedEvent = FromSchema<typeof eventSchema>;

/**
 * Shows events with their subjects as they were then, in the shape that the API has for them. It is the same however often and
 * whenever an event is shown, so a webhook that is sent again has the same body.
 */
export async function presentEvents(
  deps: Deps,
  events: readonly PublishedEvent[],
): Promise<PresentedEvent[]> {
  if (events.length === 0) return [];
  const subjects = await readSubjects(deps, events);
  const codes = await findServiceCodes(deps, subjects.serviceIds);
  return events.map((event) => ({
    id: publicId('event', event.id),
    type: event.type,
    sequence: Number(event.sequence),
    occurred_at: event.occurredAt.toISOString(),
    created_at: event.publishedAt.toISOString(),
    data: dataOf(deps, event, { subjects, codes }),
  }));
}

/** Shows one event. */
export async function presentEvent(deps: Deps, event: PublishedEvent): Promise<PresentedEvent> {
  const [presented] = await presentEvents(deps, [event]);
  return presented!;
}

interface Known {
  readonly subjects: Subjects;
  readonly codes: ReadonlyMap<number, string>;
}

function dataOf({ config }: Deps, event: PublishedEvent, { subjects, codes }: Known): PresentedEvent['data'] {
  const { type, subjectId, occurredAt: at } = event;
  const kind = type.slice(0, type.indexOf('.'));
  const snapshot: Snapshot = subjects.snapshots.get(String(event.eventId ?? '')) ?? {};
  const details = presentDetails(type, snapshot);
  const charge = kind === 'charge' ? subjects.charges.get(subjectId) : undefined;
  if (charge) {
    const refundedMinor = BigInt((snapshot['refundedMinor'] as string | undefined) ?? 0);
    return {
      object: presentChargeAsOf(config, chargeAsOf(type, charge), { at, codes, refundedMinor }),
      details,
    };
  }
  const consent = kind === 'consent' ? subjects.consents.get(subjectId) : undefined;
  if (consent)
    return { object: presentConsentAsOf(config, consentAsOf(type, consent), { at, codes }), details };
  const subscription = kind === 'subscription' ? subjects.subscriptions.get(subjectId) : undefined;
  if (subscription) {
    const month = snapshot['month'] as string | undefined;
    const row = subscriptionAsOf({ type, occurredAt: at, month }, subscription);
    return { object: presentSubscriptionAsOf(config, row, { at, codes }), details };
  }
  const shown = presentSnapshot(snapshot, { currency: config.currency, serviceCodes: codes });
  return { object: { id: presentSubjectId(kind, subjectId), ...shown }, details };
}
