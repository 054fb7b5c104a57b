import type { Actor } from '../access/actor.ts';
import { ownedBy, type Owned } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { dueAtOf } from './answer-due.rules.ts';
import { isCaseNumber, type CaseEventKind, type CaseState } from './case.rules.ts';

export interface ListCases {
  readonly limit: number;
  /** The last number of the previous page; lists start with the newest case. */
  readonly before?: string | undefined;
  readonly state?: CaseState | undefined;
}

/** A page of cases, newest first, found by key however many precede it: an actor's own; all for the support centre. */
export async function listCases(deps: Deps, actor: Actor, list: ListCases) {
  return await caseList(deps, ownedBy(actor, 'cases:read'), list).execute();
}

/** The statement of a page; a spec explains it. The page is found in its key alone, before names are joined to it. */
export function caseList(deps: Deps, owned: Owned, list: ListCases) {
  return sqlOf(emOf(deps))
    .selectFrom(casePage(deps, owned, list).as('c'))
    .leftJoin('company as co', 'co.id', 'c.companyId')
    .leftJoin('service as s', 's.id', 'c.serviceId')
    .select(['c.number', 'c.kind', 'c.state', 'c.outcome', 'c.assignedTo', 'c.openedAt', 'c.closedAt'])
    .select(['c.subjectKind', 'c.subjectId', 'co.code as company', 's.name as service'])
    .select('s.nameEn as serviceEn')
    .orderBy('c.number', 'desc');
}

function casePage(deps: Deps, { rows }: Owned, { limit, before, state }: ListCases) {
  let query = sqlOf(emOf(deps)).selectFrom('support_case').selectAll();
  if (rows.subscriberId !== undefined) query = query.where('subscriberId', '=', rows.subscriberId);
  if (rows.lineId !== undefined) query = query.where('lineId', '=', rows.lineId);
  if (rows.holderFrom !== undefined) query = query.where('holderFrom', '=', rows.holderFrom);
  if (state !== undefined) query = query.where('state', '=', state);
  if (before !== undefined) query = query.where('number', '<', before);
  return query.orderBy('number', 'desc').limit(limit);
}

/** A part of a history: the newest entries, or those before a sequence number. */
interface HistoryPage {
  readonly before?: number | undefined;
  readonly limit: number;
}

/**
 * A case with its history, oldest first. A subscriber sees the public rows; who of the support centre wrote them is not shown.
 * @throws Problem `case-not-found`.
 */
export async function getCase(deps: Deps, actor: Actor, number: string, page?: HistoryPage) {
  const { rows } = ownedBy(actor, 'cases:read');
  if (!isCaseNumber(number)) throw new Problem('case-not-found');
  const found = await sqlOf(emOf(deps))
    .selectFrom('support_case as c')
    .leftJoin('company as co', 'co.id', 'c.companyId')
    .leftJoin('service as s', 's.id', 'c.serviceId')
    .leftJoin('subscriber as reporter', 'reporter.id', 'c.subscriberId')
    .select(['c.number', 'c.kind', 'c.state', 'c.outcome', 'c.assignedTo', 'c.openedAt', 'c.closedAt'])
    .select(['c.subjectKind', 'c.subjectId', 'c.subscriberId', 'c.lineId', 'c.holderFrom', 'c.companyId'])
    .select(['c.mergedInto', 'c.answerDueAt', 'c.answeredAt', 'c.companyDueAt'])
    .select(['co.code as company', 'co.name as companyName', 'co.nameEn as companyNameEn'])
    .select(['s.name as service', 's.nameEn as serviceEn', 'reporter.displayName as reportedBy'])
    .where('c.number', '=', number)
    .executeTakeFirst();
  if (!found || !matches(found, rows)) throw new Problem('case-not-found');
  return { ...found, dueAt: dueAtOf(found), history: await listHistory(deps, actor, number, page) };
}

function matches(row: object, rows: Owned['rows']): boolean {
  return Object.entries(rows).every(([column, value]) => (row as Record<string, unknown>)[column] === value);
}

async function listHistory(deps: Deps, actor: Actor, number: string, page?: HistoryPage) {
  const isSubscriber = actor.kind === 'subscriber';
  let query = sqlOf(emOf(deps))
    .selectFrom('case_event')
    .select(['sequence', 'kind', 'author', 'isPublic', 'state', 'text', 'refersTo', 'at'])
    .where('caseNumber', '=', number);
  if (isSubscriber) query = query.where('isPublic', '=', true);
  if (page?.before !== undefined) query = query.where('sequence', '<', page.before);
  const events = page
    ? (await query.orderBy('sequence', 'desc').limit(page.limit).execute()).toReversed()
    : await query.orderBy('sequence').execute();
  return events.map(({ author, refersTo, ...event }) => ({
    ...event,
    by: writerOf(event.kind, author),
    author: isSubscriber ? null : author,
    refersTo: isSubscriber ? null : refersTo,
  }));
}

/** A mail of the reporter is recorded by the job that received it. */
function writerOf(kind: CaseEventKind, author: string): 'subscriber' | 'company' | 'support' {
  if (kind === 'answered') return 'company';
  return kind === 'received' || author.startsWith('subscriber:') ? 'subscriber' : 'support';
}
