import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { appendCaseEvent } from '../cases/append-case-event.ts';
import { stateAfterNote } from '../cases/case.rules.ts';
import { insertCase, NO_PURCHASE } from '../cases/insert-case.ts';
import { lockLiveCase } from '../cases/lock-live-case.ts';
import { nextCaseNumber } from '../cases/next-case-number.ts';
import { queueCaseMessage } from '../cases/queue-case-message.ts';
import type { SupportCase } from '../cases/support-case.entity.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { takeContactQuota } from '../enquiries/take-contact-quota.ts';
import { hashMailAddress } from '../shared/mail-address.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { ParsedMail } from './parse-mail.ts';
import { findTenureOfSender, isSenderOf } from './sender.queries.ts';

/**
 * `noted`: in the case that its subject names. `opened`: a case of its own. `repeated`: it is there already. `ignored`: nobody waits for an
 * answer to it.
 */
export type Received = 'noted' | 'opened' | 'repeated' | 'ignored';

/** A mail that came in, with the address of its sender. */
type SentMail = ParsedMail & { readonly from: string };

/**
 * Takes a mail into the case that its subject names, when it comes from the address of that line's holder; otherwise it opens a case of
 * kind `other`. The same Message-ID again, also at the same time, changes nothing. Addresses of senders can be forged: a mail proves nothing.
 * @throws Problem `permission-denied`; `contact-limit` when an address has sent too many in a day, or all unknown ones together have.
 */
export async function receiveMail(deps: Deps, actor: Actor, mail: ParsedMail): Promise<Received> {
  authorize(actor, 'case-mails:receive');
  const { from } = mail;
  if (from === undefined || mail.isAutomatic || from === deps.config.mail.from) return 'ignored';
  const sent: SentMail = { ...mail, from };
  return await inTransaction(deps, async (tx) => {
    if (await isStored(tx, mail.messageHash)) return 'repeated';
    const subject = `mail:${hashMailAddress(from).slice(0, 32)}`;
    await takeContactQuota(tx, [{ scope: 'support', subject }]);
    const found = await findNamedCase(tx, sent);
    if (found) await addToCase(tx, actor, found, sent);
    else await openForMail(tx, actor, sent);
    return found ? 'noted' : 'opened';
  });
}

async function isStored(tx: InTransaction<Deps>, messageHash: string): Promise<boolean> {
  const row = await sqlOf(tx.em)
    .selectFrom('case_mail')
    .select('caseNumber')
    .where('messageHash', '=', messageHash)
    .executeTakeFirst();
  return row !== undefined;
}

/** The open case that the subject names, if the sender may write in it. */
async function findNamedCase(
  tx: InTransaction<Deps>,
  { caseNumber, from }: SentMail,
): Promise<SupportCase | undefined> {
  if (caseNumber === undefined) return undefined;
  try {
    const found = await lockLiveCase(tx, caseNumber);
    return found.state !== 'closed' && (await isSenderOf(tx, found, from)) ? found : undefined;
  } catch (error) {
    if (error instanceof Problem && error.code === 'case-not-found') return undefined;
    throw error;
  }
}

async function addToCase(
  tx: InTransaction<Deps>,
  actor: Actor,
  found: SupportCase,
  mail: SentMail,
): Promise<void> {
  found.state = stateAfterNote(found, { by: 'subscriber', asks: false });
  await tx.em.flush();
  await storeMail(tx, actor, { mail, case: found, isKnown: found.lineId != null });
}

async function openForMail(tx: InTransaction<Deps>, actor: Actor, mail: SentMail): Promise<void> {
  const tenure = await findTenureOfSender(tx, mail.from);
  if (!tenure) await takeContactQuota(tx, [{ scope: 'stranger', subject: 'all' }]);
  const number = await nextCaseNumber(tx);
  const { lineId, holderFrom } = tenure ?? { lineId: null, holderFrom: null };
  const subject = { number, subscriberId: null, lineId, holderFrom };
  await insertCase(tx, { ...subject, kind: 'other', ...NO_PURCHASE });
  const opened = { caseNumber: number, kind: 'opened', isPublic: true, state: 'open' } as const;
  const sequence = await appendCaseEvent(tx, actor, { ...opened, facts: { kind: 'other' } });
  await storeMail(tx, actor, { mail, case: { number, state: 'open' }, isKnown: tenure !== undefined });
  // Nobody else is written to unasked: the address of the sender may be forged.
  if (tenure) await queueCaseMessage(tx, subject, { what: 'opened', text: undefined, sequence });
}

interface StoredMail {
  readonly mail: SentMail;
  readonly case: Pick<SupportCase, 'number' | 'state'>;
  readonly isKnown: boolean;
}

async function storeMail(
  tx: InTransaction<Deps>,
  actor: Actor,
  { mail, case: { number: caseNumber, state }, isKnown }: StoredMail,
): Promise<void> {
  const { from: fromAddress, messageHash, subject, text, attachments } = mail;
  const event = { caseNumber, kind: 'received', isPublic: true, state, text } as const;
  const sequence = await appendCaseEvent(tx, actor, event);
  await sqlOf(tx.em)
    .insertInto('case_mail')
    .values({
      caseNumber,
      sequence,
      messageHash,
      fromAddress,
      isKnown,
      subject,
      attachments: attachments.length === 0 ? null : attachments.join('\n'),
      receivedAt: tx.clock.now(),
    })
    .execute();
}
