import { sql } from 'kysely';
import { actorName, type Actor } from '../access/actor.ts';
import { authorizeDesk } from './authorize-desk.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { dueAtOf } from './answer-due.rules.ts';

/**
 * The lists of the support centre. `open`: nobody has it. `mine`: the reader's own. `working`: somebody works on it. `waiting`: for the
 * subscriber or the company. `overdue`: the first answer, or the company's, is late.
 */
export const caseTabs = ['open', 'mine', 'working', 'waiting', 'overdue', 'closed'] as const;
export type CaseTab = (typeof caseTabs)[number];

/** Where a page of a list ends. */
export interface CasePlace {
  readonly number: string;
  /** In the list of those overdue, which is in the order of this time. */
  readonly dueAt: Date | null;
}

export interface ListQueue {
  readonly tab: CaseTab;
  readonly limit: number;
  readonly after?: CasePlace | undefined;
}

/**
 * A page of one list: oldest first, so that what has waited longest is first; closed ones newest first. Found by key however many precede
 * it. @throws Problem `permission-denied`
 */
export async function listQueue(deps: Deps, actor: Actor, list: ListQueue) {
  authorizeDesk(actor);
  const cases = await queueList(deps, actorName(actor), list).execute();
  return cases.map((row) => ({ ...row, dueAt: dueAtOf(row) }));
}

export type QueuedCase = Awaited<ReturnType<typeof listQueue>>[number];

/** The statement of a page for a reader, as `actorName` writes it; a spec explains it. The page is found in its key alone, before names are joined to it. */
export function queueList(deps: Deps, reader: string, list: ListQueue) {
  const isNewestFirst = list.tab === 'closed';
  return sqlOf(emOf(deps))
    .selectFrom(queuePage(deps, reader, list).as('c'))
    .leftJoin('company as co', 'co.id', 'c.companyId')
    .select(['c.number', 'c.kind', 'c.state', 'c.outcome', 'c.assignedTo', 'c.openedAt', 'c.closedAt'])
    .select(['c.answerDueAt', 'c.companyDueAt', 'c.answeredAt', 'c.lineId', 'c.holderFrom'])
    .select('co.name as company')
    .select('co.nameEn as companyEn')
    .$if(list.tab === 'overdue', (query) => query.orderBy(sql`c.due_at`))
    .orderBy('c.number', isNewestFirst ? 'desc' : 'asc');
}

function queuePage(deps: Deps, reader: string, { tab, limit, after }: ListQueue) {
  const query = sqlOf(emOf(deps)).selectFrom('support_case').selectAll().limit(limit);
  if (tab === 'overdue') {
    const due = query
      .where(sql<boolean>`due_at < ${deps.clock.now()}`)
      .orderBy(sql`due_at`)
      .orderBy('number');
    if (!after?.dueAt) return due;
    const { dueAt, number } = after;
    return due.where(
      sql<boolean>`due_at >= ${dueAt} AND (due_at > ${dueAt} OR (due_at = ${dueAt} AND number > ${number}))`,
    );
  }
  const listed =
    tab === 'mine'
      ? query.where('assignedTo', '=', reader).where(sql<boolean>`is_open = TRUE`)
      : query.where(sql<boolean>`queue = ${tab}`);
  const isNewestFirst = tab === 'closed';
  const following = after ? listed.where('number', isNewestFirst ? '<' : '>', after.number) : listed;
  return following.orderBy('number', isNewestFirst ? 'desc' : 'asc');
}

/** More than this are not counted. */
export const MAX_COUNTED = 999;

export type QueueCounts = Readonly<Record<Exclude<CaseTab, 'closed'>, number>>;

const count = (condition: ReturnType<typeof sql>) =>
  sql`(SELECT COUNT(*) FROM (SELECT 1 FROM support_case WHERE ${condition} LIMIT ${MAX_COUNTED + 1}) x)`;

/** How many cases each list has, up to 1,000 each: by keys alone, in one statement. @throws Problem `permission-denied` */
export async function countQueue(deps: Deps, actor: Actor): Promise<QueueCounts> {
  authorizeDesk(actor);
  const { rows } = await sql<Record<keyof QueueCounts, number | string>>`
    SELECT ${count(sql`queue = 'open'`)} AS open, ${count(sql`queue = 'working'`)} AS working,
      ${count(sql`queue = 'waiting'`)} AS waiting, ${count(sql`due_at < ${deps.clock.now()}`)} AS overdue,
      ${count(sql`assigned_to = ${actorName(actor)} AND is_open = TRUE`)} AS mine`.execute(sqlOf(emOf(deps)));
  const { open, mine, working, waiting, overdue } = rows[0]!;
  return {
    open: Number(open),
    mine: Number(mine),
    working: Number(working),
    waiting: Number(waiting),
    overdue: Number(overdue),
  };
}

/** Open cases of a line under one holder, oldest first, at most 50: what another case can be merged into. */
export async function listOpenCasesOfLine(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom }: { readonly lineId: string; readonly holderFrom: string },
) {
  authorizeDesk(actor);
  return await sqlOf(emOf(deps))
    .selectFrom('support_case')
    .select(['number', 'kind', 'state', 'openedAt'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('state', '<>', 'closed')
    .orderBy('number')
    .limit(50)
    .execute();
}
