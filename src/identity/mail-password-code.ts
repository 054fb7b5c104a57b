import { actorName, type Actor } from '../access/actor.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { normaliseIssuedId } from './issued-id.rules.ts';
import { sendOneTimeCode } from './send-one-time-code.ts';
import { findByIssuedId } from './subscriber.queries.ts';

interface MailPasswordCode {
  readonly issuedId: string;
  readonly reason: ActReason;
}

/**
 * Mails a code for a new password to the holder of the line, for somebody who calls: the same code that people ask for on their own
 * pages, and as few an hour. Nobody at the desk sees it, and the password stays until the code is used.
 * @returns the masked address. @throws Problem `subscriber-not-found` for an ID that may not buy today, `mail-address-missing`,
 *   `code-limit-reached`, `invalid-request`
 */
export async function mailPasswordCode(
  deps: Deps,
  actor: Actor,
  { issuedId, reason }: MailPasswordCode,
): Promise<{ sentTo: string }> {
  authorize(actor, 'subscribers:write');
  const facts = reasonFacts(reason);
  return await inTransaction(deps, async (tx) => {
    const found = await findByIssuedId(tx, normaliseIssuedId(issuedId));
    if (!found?.isEntitled) throw new Problem('subscriber-not-found');
    const sent = await sendOneTimeCode(tx, { subscriberId: found.id, purpose: 'password' });
    const subject = `subscriber:${found.id}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'subscriber.mail-code', subject, facts });
    return sent;
  });
}
