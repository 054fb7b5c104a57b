import { validOn } from '../database/date-range.sql.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { tenureDetails } from './tenure.ts';

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
    .select(['validFrom', 'validTo', 'holder', ...tenureDetails])
    .where('lineId', '=', lineId)
    .orderBy('validFrom')
    .execute();
  return { line, tenures, subscribers: await selectSubscribers(deps, lineId) };
}

/**
 * The lines that have a telephone number (E.164) on a date, with who holds them: one at most, unless the line master gives two lines
 * the number for the same future days.
 */
export async function listLinesOfTelephone(
  deps: Deps,
  actor: Actor,
  { telephone, date }: { readonly telephone: string; readonly date: string },
) {
  authorize(actor, 'lines:read');
  return await sqlOf(emOf(deps))
    .selectFrom('line_holder as h')
    .select(['h.lineId', 'h.validFrom', 'h.validTo', 'h.holder', 'h.holderKana'])
    .where('h.telephone', '=', telephone)
    .where(validOn('h', date))
    .orderBy('h.lineId')
    .execute();
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
