import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { ownedBy } from '../access/owned-by.ts';
import { lockLiveCase } from './lock-live-case.ts';
import { recordCompanyAnswer } from './record-company-answer.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { compileInputCheck } from '../shared/check-input.ts';
import { messageText, normaliseMessage } from '../shared/message-text.rules.ts';
import { Problem } from '../shared/problem.ts';
import { appendMessage } from '../enquiries/append-message.ts';
import { ANSWERS_PER_LINK } from '../enquiries/enquiry.rules.ts';
import { lockEnquiry } from '../enquiries/lock-enquiry.ts';
import type { OpenedLink } from '../enquiries/open-answer-link.ts';
import { sendToSubscriber } from '../enquiries/send-to-subscriber.ts';

export interface AnswerEnquiry {
  readonly link: Pick<OpenedLink, 'linkId' | 'enquiryId'>;
  readonly text: string;
}

const checkShape = compileInputCheck<Pick<AnswerEnquiry, 'text'>>({ text: messageText });

/**
 * Answers an enquiry by the link of its mail: stores the answer, and queues the mail to the subscriber, or records it on the case of the
 * support centre. The text that this link
 * brought last is the same answer, sent twice.
 * @throws Problem `enquiry-not-found`, `invalid-request`, `answer-link-expired`, `answer-limit`.
 */
export async function answerEnquiry(deps: Deps, actor: Actor, input: AnswerEnquiry): Promise<void> {
  const owned = ownedBy(actor, 'enquiries:answer');
  const text = normaliseMessage(input.text);
  checkShape({ text });
  const { linkId, enquiryId } = input.link;
  return await inTransaction(deps, async (tx) => {
    const caseNumber = await findCaseOfEnquiry(tx, enquiryId);
    // Before the enquiry, as when the company is asked.
    if (caseNumber !== null) await lockLiveCase(tx, caseNumber);
    const enquiry = await lockEnquiry(tx, owned, enquiryId);
    await assertValid(tx, input.link);
    const answers = await listAnswers(tx, linkId);
    if (answers.at(-1)?.text === text) return;
    if (answers.length >= ANSWERS_PER_LINK)
      throw new Problem('answer-limit', { facts: { most: ANSWERS_PER_LINK } });
    const number = await appendMessage(tx, { enquiryId, from: { linkId }, text });
    if (caseNumber === null) await sendToSubscriber(tx, enquiry, { number, text });
    else await recordCompanyAnswer(tx, actor, { caseNumber, enquiryId, text });
    const subject = `enquiry:${enquiryId}`;
    await recordAudit(tx, {
      actor: actorName(actor),
      action: 'enquiry.answer',
      subject,
      facts: { link: linkId },
    });
  });
}

/** Null for an enquiry of a subscriber; it never changes. */
async function findCaseOfEnquiry(tx: InTransaction<Deps>, id: string): Promise<string | null> {
  const row = await sqlOf(tx.em)
    .selectFrom('enquiry')
    .select('caseNumber')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.caseNumber ?? null;
}

/** The link is of this enquiry and has not expired since its page was opened. */
async function assertValid(
  tx: InTransaction<Deps>,
  { linkId, enquiryId }: AnswerEnquiry['link'],
): Promise<void> {
  const link = await sqlOf(tx.em)
    .selectFrom('answer_link')
    .select('expiresAt')
    .where('id', '=', linkId)
    .where('enquiryId', '=', enquiryId)
    .executeTakeFirst();
  if (!link) throw new Problem('enquiry-not-found');
  if (link.expiresAt <= tx.clock.now()) throw new Problem('answer-link-expired');
}

function listAnswers(tx: InTransaction<Deps>, linkId: string): Promise<{ text: string }[]> {
  return sqlOf(tx.em)
    .selectFrom('enquiry_message')
    .select('text')
    .where('linkId', '=', linkId)
    .orderBy('number')
    .execute();
}
