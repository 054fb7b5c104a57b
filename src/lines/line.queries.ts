import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/**
 * A line of the line master with its tenures, oldest first, and the issued IDs it has had.
 * @throws Problem `line-not-found`
 */
export async function getLineMaster(deps: Deps, actor: Actor, lineId: string) {
  authorize(actor, 'lines:read');
  const sql = sqlOf(emOf(deps));
  const line = await sql.selectFrom('line').selectAll().where('lineId', '=', lineId).executeTakeFirst();
  if (!line) throw new Problem('line-not-found', { detail: `There is no line ${lineId}.` });
  const tenures = await sql
    .selectFrom('line_holder')
    .select(['validFrom', 'validTo', 'holder', 'birthDate', 'email'])
    .where('lineId', '=', lineId)
    .orderBy('validFrom')
    .execute();
  return { line, tenures, subscribers: await selectSubscribers(deps, lineId) };
}

/** The issued IDs of a line, including ended ones, without their passwords. */
export async function listSubscribersOfLine(deps: Deps, actor: Actor, lineId: string) {
  authorize(actor, 'subscribers:read');
  return await selectSubscribers(deps, lineId);
}

function selectSubscribers(deps: Deps, lineId: string) {
  return sqlOf(emOf(deps))
    .selectFrom('subscriber')
    .select(['issuedId', 'displayName', 'holderFrom', 'slot', 'state', 'createdAt', 'endedAt'])
    .where('lineId', '=', lineId)
    .orderBy('id')
    .execute();
}
