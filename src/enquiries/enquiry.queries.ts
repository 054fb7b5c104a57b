import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

export interface ListEnquiries {
  readonly limit: number;
  /** The last identifier of the previous page; lists start with the newest. */
  readonly after?: string | undefined;
  /** Stored identifier of the purchase they are about. */
  readonly subjectId?: string | undefined;
}

/** A page of the enquiries an actor may see, newest first, each with its last message; found by key however many there are. */
export async function listEnquiries(deps: Deps, actor: Actor, list: ListEnquiries) {
  const enquiries = await enquiryList(deps, ownedBy(actor, 'enquiries:read'), list).execute();
  if (enquiries.length === 0) return [];
  const last = await lastMessages(
    deps,
    enquiries.map(({ id }) => id),
  ).execute();
  const byEnquiry = new Map(last.map((message) => [message.enquiryId, message]));
  return enquiries.map((enquiry) => ({ ...enquiry, last: byEnquiry.get(enquiry.id) }));
}

/** The statement of a page; a spec explains it. The page is found in its key alone, before names are joined to it. */
export function enquiryList(deps: Deps, owned: Owned, list: ListEnquiries) {
  return sqlOf(emOf(deps))
    .selectFrom(enquiryPage(deps, owned, list).as('e'))
    .innerJoin('company as co', 'co.id', 'e.companyId')
    .innerJoin('service as s', 's.id', 'e.serviceId')
    .innerJoin('subscriber as person', 'person.id', 'e.subscriberId')
    .select(['e.id', 'e.subjectKind', 'e.subjectId', 'e.topic', 'e.createdAt', 'e.subscriberId'])
    .select(['co.name as company', 'co.nameEn as companyEn', 'person.displayName as writer'])
    .select(['s.name as service', 's.nameEn as serviceEn'])
    .orderBy('e.id', 'desc');
}

function enquiryPage(deps: Deps, { rows }: Owned, { limit, after, subjectId }: ListEnquiries) {
  // Those of the support centre belong to its cases.
  let query = sqlOf(emOf(deps)).selectFrom('enquiry').selectAll().where('caseNumber', 'is', null);
  if (rows.subscriberId !== undefined) query = query.where('subscriberId', '=', rows.subscriberId);
  if (rows.lineId !== undefined) query = query.where('lineId', '=', rows.lineId);
  if (rows.holderFrom !== undefined) query = query.where('holderFrom', '=', rows.holderFrom);
  if (subjectId !== undefined) query = query.where('subjectId', '=', subjectId);
  if (after !== undefined) query = query.where('id', '<', after);
  return query.orderBy('id', 'desc').limit(limit);
}

function lastMessages(deps: Deps, ids: readonly string[]) {
  const sql = sqlOf(emOf(deps));
  const newest = sql
    .selectFrom('enquiry_message')
    .select(({ fn }) => ['enquiryId as newestOf', fn.max('number').as('newest')])
    .where('enquiryId', 'in', ids)
    .groupBy('enquiryId')
    .as('n');
  return sql
    .selectFrom('enquiry_message as m')
    .innerJoin(newest, (join) =>
      join.onRef('n.newestOf', '=', 'm.enquiryId').onRef('n.newest', '=', 'm.number'),
    )
    .select(['m.enquiryId', 'm.number', 'm.author', 'm.text', 'm.sentAt']);
}

/**
 * An enquiry with its messages, the first one first.
 * @throws Problem `enquiry-not-found`.
 */
export async function getEnquiry(deps: Deps, actor: Actor, id: string) {
  const { rows } = ownedBy(actor, 'enquiries:read');
  const found = await readEnquiry(deps, rows, id);
  if (found.caseNumber !== null) throw new Problem('enquiry-not-found');
  return found;
}

/** The same under given conditions. @throws Problem `enquiry-not-found`. */
export async function readEnquiry(deps: Deps, rows: Owned['rows'], id: string) {
  const enquiry = await sqlOf(emOf(deps))
    .selectFrom('enquiry as e')
    .innerJoin('company as co', 'co.id', 'e.companyId')
    .innerJoin('service as s', 's.id', 'e.serviceId')
    .select(['e.id', 'e.subjectKind', 'e.subjectId', 'e.topic', 'e.createdAt', 'e.subscriberId', 'e.lineId'])
    .select(['e.caseNumber', 'e.holderFrom', 'e.companyId', 'e.serviceId', 'co.name as company'])
    .select(['co.nameEn as companyEn', 's.name as service', 's.nameEn as serviceEn'])
    .where('e.id', '=', id)
    .executeTakeFirst();
  const isOwned = Object.entries(rows).every(
    ([column, value]) => (enquiry as Record<string, unknown> | undefined)?.[column] === value,
  );
  if (!enquiry || !isOwned) throw new Problem('enquiry-not-found');
  return { ...enquiry, messages: await listMessages(deps, id) };
}

function listMessages(deps: Deps, enquiryId: string) {
  return sqlOf(emOf(deps))
    .selectFrom('enquiry_message as m')
    .leftJoin('subscriber as person', 'person.id', 'm.subscriberId')
    .select(['m.number', 'm.author', 'm.text', 'm.sentAt', 'm.linkId', 'person.displayName as writer'])
    .where('m.enquiryId', '=', enquiryId)
    .orderBy('m.number')
    .execute();
}
