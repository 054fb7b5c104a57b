import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { findCaseRecipient } from './case-recipient.ts';
import type { SupportCase } from './support-case.entity.ts';

type Reported = Pick<SupportCase, 'number' | 'subscriberId' | 'lineId' | 'holderFrom'>;

interface CaseMessage {
  readonly what: 'opened' | 'answered' | 'asked' | 'noted' | 'closed';
  /** Of an answer; the others have a subject of their own. */
  readonly subject?: string | undefined;
  readonly text: string | undefined;
  /** Of the case's event. */
  readonly sequence: number;
}

/** The facts of such a mail. */
export function caseMessageFacts(
  { config: { publicOrigin, cases } }: Pick<Deps, 'config'>,
  number: string,
  { what, subject, text, hasPage }: Omit<CaseMessage, 'sequence'> & { readonly hasPage: boolean },
) {
  return {
    caseNumber: number,
    what,
    about: subject ?? null,
    words: text ?? null,
    canReply: cases.mailAddress !== undefined,
    url: hasPage ? `${publicOrigin}/my/cases/${number}` : null,
  };
}

/**
 * Queues a mail to the reporter of a case, which can be replied to where `SUPPORT_MAIL` is set.
 * @returns whether there is an address.
 */
export async function queueCaseMessage(
  tx: InTransaction<Deps>,
  reported: Reported,
  { what, subject, text, sequence }: CaseMessage,
): Promise<boolean> {
  const recipient = await findCaseRecipient(tx, reported);
  if (!recipient) return false;
  const { hasPage, ...to } = recipient;
  const { number } = reported;
  await queueMail(tx, {
    kind: 'case-message',
    ...to,
    replyTo: tx.config.cases.mailAddress ?? null,
    facts: caseMessageFacts(tx, number, { what, subject, text, hasPage }),
    dedupeKey: `case-message:${number}:${sequence}`,
  });
  return true;
}
