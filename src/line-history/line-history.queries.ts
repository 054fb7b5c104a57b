import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { TenurePage } from '../personal-data/personal-data.queries.ts';

export type HistoryEntry = Awaited<ReturnType<typeof listLineHistory>>[number];

/**
 * What was done to a line and the issued IDs of one of its tenures, the newest first: the rows of the audit trail about them, without
 * their details. @throws Problem `permission-denied`
 */
export async function listLineHistory(
  deps: Deps,
  actor: Actor,
  { lineId, holderFrom, limit, after }: TenurePage,
) {
  authorize(actor, 'line-history:read');
  const sql = sqlOf(emOf(deps));
  const people = await sql
    .selectFrom('subscriber')
    .select('id')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .execute();
  const subjects = [`line:${lineId}`, ...people.map(({ id }) => `subscriber:${id}`)];
  return await sql
    .selectFrom('audit_entry')
    .select(['id', 'at', 'actor', 'action', 'subject'])
    .where('subject', 'in', subjects)
    .$if(after !== undefined, (query) => query.where('id', '<', after!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}
