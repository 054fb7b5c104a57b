import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { PublishedEvent } from './published-event.entity.ts';
import type { PublishedType } from './published-types.ts';
import { authorizeTypes, mayReadType, readableTypes } from './readable-types.ts';

/** One event of the actor's company. @throws Problem `event-not-found`, also for a type that the actor may not read */
export async function getEvent(deps: Deps, actor: Actor, eventId: string): Promise<PublishedEvent> {
  const companyId = companyOf(ownedBy(actor, 'events:read'));
  const event = await sqlOf(emOf(deps))
    .selectFrom('published_event')
    .selectAll()
    .where('id', '=', eventId)
    .where('companyId', '=', companyId)
    .executeTakeFirst();
  if (!event || !mayReadType(actor, event.type)) throw new Problem('event-not-found');
  return event;
}

/** A page of events as it is asked for. */
export interface EventList {
  readonly limit: number;
  /** The last identifier of the previous page. */
  readonly after?: string | undefined;
  readonly type?: PublishedType | undefined;
  /** Stored identifier of what the events are about. */
  readonly subjectId?: string | undefined;
  /** Published at this instant or later. */
  readonly since?: Date | undefined;
  /** Published before this instant. */
  readonly before?: Date | undefined;
}

/**
 * A page of the company's events, newest first, found by key however many rows precede it. Types that the actor may not read are left out.
 * @throws Problem `api-key-scope-missing`, `permission-denied` when such a type is asked for
 */
export async function listEvents(deps: Deps, actor: Actor, list: EventList): Promise<PublishedEvent[]> {
  const companyId = companyOf(ownedBy(actor, 'events:read'));
  const { limit, after, type, subjectId, since, before } = list;
  if (type !== undefined) authorizeTypes(actor, [type]);
  const types = type === undefined ? readableTypes(actor) : [type];
  const range = await findSequences(deps, companyId, { since, before });
  if (range === undefined) return [];
  let query = sqlOf(emOf(deps))
    .selectFrom('published_event')
    .selectAll()
    .where('companyId', '=', companyId)
    .orderBy('sequence', 'desc')
    .limit(limit);
  if (range.from !== undefined) query = query.where('sequence', '>=', range.from);
  if (range.through !== undefined) query = query.where('sequence', '<=', range.through);
  if (types !== null) query = query.where('type', 'in', types);
  if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId);
  if (after !== undefined)
    query = query.where('sequence', '<', (where) =>
      where
        .selectFrom('published_event as last')
        .select('last.sequence')
        .where('last.id', '=', after)
        .where('last.companyId', '=', companyId),
    );
  return await query.execute();
}

interface Instants {
  readonly since?: Date | undefined;
  readonly before?: Date | undefined;
}

interface Sequences {
  readonly from?: bigint | undefined;
  readonly through?: bigint | undefined;
}

/** The numbers of a company's events that were published in a time; numbers rise with it. Undefined when there are none. */
export async function findSequences(
  deps: Deps,
  companyId: number,
  { since, before }: Instants,
): Promise<Sequences | undefined> {
  const ofCompany = sqlOf(emOf(deps))
    .selectFrom('published_event')
    .select('sequence')
    .where('companyId', '=', companyId)
    .limit(1);
  const first =
    since &&
    (await ofCompany
      .where('publishedAt', '>=', since)
      .orderBy('publishedAt')
      .orderBy('sequence')
      .executeTakeFirst());
  const last =
    before &&
    (await ofCompany
      .where('publishedAt', '<', before)
      .orderBy('publishedAt', 'desc')
      .orderBy('sequence', 'desc')
      .executeTakeFirst());
  if ((since && !first) || (before && !last)) return undefined;
  return { from: first?.sequence, through: last?.sequence };
}

/** Only companies read events; no company has number 0. */
function companyOf({ rows: { companyId = 0 } }: Owned): number {
  return companyId;
}
