import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { readReason } from '../access/audit/act-reason.ts';
import { authorize } from '../access/authorize.ts';
import { can } from '../access/can.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenurePage } from '../personal-data/personal-data.queries.ts';
import { endOfBusinessDate, startOfBusinessDate } from '../shared/calendar.rules.ts';

export type HistoryEntry = Awaited<ReturnType<typeof listLineHistory>>[number];

/**
 * What was done to the issued IDs of a tenure of a line, and to the line while the tenure was in force, the newest first: the rows of the
 * audit trail about them, of their details only on whose word the support centre acted and why. That is free text, which may name people: it is for those who
 * act themselves. An act on the line that names a tenure is of that one, whenever it was done. Nothing is said of other holders. @throws Problem `permission-denied`
 */
export async function listLineHistory(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom, from, to, limit, after }: TenurePage,
) {
  authorize(actor, 'line-history:read');
  const db = sqlOf(emOf(deps));
  const tenure = await db
    .selectFrom('line_holder')
    .select('validTo')
    .where('lineId', '=', lineId)
    .where('validFrom', '=', holderFrom)
    .executeTakeFirst();
  const people = await db
    .selectFrom('subscriber')
    .select('id')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .execute();
  const { timeZone } = deps.config;
  const startsAt = startOfBusinessDate(holderFrom, timeZone);
  const endsAt = tenure?.validTo ? startOfBusinessDate(tenure.validTo, timeZone) : undefined;
  const named = sql<string | null>`JSON_VALUE(facts, '$.holderFrom')`;
  const line = `line:${lineId}`;
  const subjects = [...(tenure ? [line] : []), ...people.map(({ id }) => `subscriber:${id}`)];
  if (subjects.length === 0) return [];
  const rows = await db
    .selectFrom('audit_entry')
    .select(['id', 'at', 'actor', 'action', 'subject', 'facts'])
    .where('subject', 'in', subjects)
    .where((where) =>
      where.or([
        where('subject', '<>', line),
        where(named, '=', holderFrom),
        where.and([
          where(named, 'is', null),
          where('at', '>=', startsAt),
          ...(endsAt === undefined ? [] : [where('at', '<', endsAt)]),
        ]),
      ]),
    )
    .$if(from !== undefined, (query) => query.where('at', '>=', startOfBusinessDate(from!, timeZone)))
    .$if(to !== undefined, (query) => query.where('at', '<', endOfBusinessDate(to!, timeZone)))
    .$if(after !== undefined, (query) => query.where('id', '<', after!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const readsWhy = can(actor, 'limits:restrict');
  return rows.map(({ facts, ...row }) => ({ ...row, reason: readsWhy ? readReason(facts) : undefined }));
}
