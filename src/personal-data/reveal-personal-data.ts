import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { reportEvent } from '../security/report-event.ts';
import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';
import { optionalReadableText } from '../shared/readable-text.rules.ts';
import { findReveal } from './personal-data.queries.ts';
import { REVEAL_MINUTES, revealReasons, type RevealReason } from './reveal.rules.ts';

export interface RevealPersonalData {
  readonly lineId: string;
  /** First day of the tenure. */
  readonly holderFrom: string;
  readonly reason: RevealReason;
  /** Compulsory for `other`. */
  readonly note?: string | undefined;
}

const checkShape = compileInputCheck<RevealPersonalData>({
  holderFrom: inputFields.date,
  reason: { type: 'string', enum: revealReasons },
  note: optionalReadableText(200),
});

/**
 * Lets a person of the carrier see the names and addresses of a tenure for half an hour, and leaves a row, an audit row and a line in
 * the security log. Asking again while it lasts changes nothing.
 * @returns until when it is visible.
 * @throws Problem `permission-denied`, `invalid-request`, `line-not-found`
 */
export async function revealPersonalData(deps: Deps, actor: Actor, input: RevealPersonalData): Promise<Date> {
  authorize(actor, 'personal-data:reveal');
  checkShape(input);
  const { lineId, holderFrom, reason } = input;
  const note = input.note?.trim() || null;
  if (reason === 'other' && note === null)
    throw invalidInput([{ pointer: '/note', message: 'must say why' }]);
  const by = actorName(actor);
  return await inTransaction(deps, async (tx) => {
    const tenure = await sqlOf(tx.em)
      .selectFrom('line_holder')
      .select('lineId')
      .where('lineId', '=', lineId)
      .where('validFrom', '=', holderFrom)
      .executeTakeFirst();
    if (!tenure) throw new Problem('line-not-found');
    const before = await findReveal(tx, by, { lineId, holderFrom });
    if (before) return before;
    const at = tx.clock.now();
    const endsAt = new Date(at.getTime() + REVEAL_MINUTES * 60_000);
    await sqlOf(tx.em)
      .insertInto('personal_data_reveal')
      .values({ id: tx.ids.next(), actor: by, lineId, holderFrom, reason, note, at, endsAt })
      .execute();
    const facts = { holderFrom, reason };
    await recordAudit(tx, { actor: by, action: 'personal-data.reveal', subject: `line:${lineId}`, facts });
    reportEvent(deps, 'security.personal_data_shown', {
      subjects: { actor: by, line: lineId },
      facts: { command: 'personal-data.reveal' },
    });
    return endsAt;
  });
}
