import type { Charge } from '../charges/charge.entity.ts';
import type { Consent } from '../consents/consent.entity.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Subscription } from '../subscriptions/subscription.entity.ts';
import type { Snapshot } from './event-snapshot.rules.ts';
import type { PublishedEvent } from './published-event.entity.ts';

/** What events are about: sales by their identifiers, and the snapshots of the other events. */
export interface Subjects {
  readonly charges: ReadonlyMap<string, Charge>;
  readonly consents: ReadonlyMap<string, Consent>;
  readonly subscriptions: ReadonlyMap<string, Subscription>;
  /** By the identifier of the row in `event`. */
  readonly snapshots: ReadonlyMap<string, Snapshot>;
  readonly serviceIds: readonly number[];
}

/** Reads what the events are about, with one statement for each table that they name. */
export async function readSubjects(deps: Deps, events: readonly PublishedEvent[]): Promise<Subjects> {
  const db = sqlOf(emOf(deps));
  const idsOf = (kind: string) => [
    ...new Set(events.flatMap(({ type, subjectId }) => (type.startsWith(`${kind}.`) ? [subjectId] : []))),
  ];
  const [chargeIds, consentIds, subscriptionIds] = [idsOf('charge'), idsOf('consent'), idsOf('subscription')];
  const eventIds = events.flatMap(({ eventId }) => eventId ?? []);
  const charges = chargeIds.length
    ? await db.selectFrom('charge').selectAll().where('id', 'in', chargeIds).execute()
    : [];
  const consents = consentIds.length
    ? await db.selectFrom('consent').selectAll().where('id', 'in', consentIds).execute()
    : [];
  const subscriptions = subscriptionIds.length
    ? await db.selectFrom('subscription').selectAll().where('id', 'in', subscriptionIds).execute()
    : [];
  const rows = eventIds.length
    ? await db.selectFrom('event').select(['id', 'snapshot']).where('id', 'in', eventIds).execute()
    : [];
  const snapshots = new Map(rows.map(({ id, snapshot }) => [String(id), readSnapshot(snapshot)]));
  const named = [...snapshots.values()].flatMap(({ serviceId }) =>
    typeof serviceId === 'number' ? [serviceId] : [],
  );
  const sold = [...charges, ...consents, ...subscriptions].map(({ serviceId }) => serviceId);
  return {
    charges: byId(charges),
    consents: byId(consents),
    subscriptions: byId(subscriptions),
    snapshots,
    serviceIds: [...sold, ...named],
  };
}

function byId<Row extends { id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** The driver gives JSON as text. */
function readSnapshot(stored: unknown): Snapshot {
  return (typeof stored === 'string' ? JSON.parse(stored) : stored) as Snapshot;
}
