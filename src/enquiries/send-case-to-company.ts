import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { getPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import { getPurchaseSeller, purchaseFacts } from '../purchases/purchase-seller.queries.ts';
import { Problem } from '../shared/problem.ts';
import { appendMessage } from './append-message.ts';
import { createAnswerLink } from './create-answer-link.ts';
import type { Enquiry } from './enquiry.entity.ts';

type CaseSubject = Pick<
  Enquiry,
  'subjectKind' | 'subjectId' | 'companyId' | 'serviceId' | 'lineId' | 'holderFrom'
> & {
  readonly caseNumber: string;
};

interface Question {
  readonly text: string;
  readonly isReminder: boolean;
  readonly dueAt: Date;
}

/**
 * Writes to a company about the purchase of a case, whose row this transaction has locked: one enquiry a case, a message and a link each
 * time. The mail names the purchase, and neither the subscriber nor the line.
 * @returns the identifier of the enquiry. @throws Problem `seller-unreachable`, `illegal-state` when the enquiry is full.
 */
export async function sendCaseToCompany(
  tx: InTransaction<Deps>,
  subject: CaseSubject,
  { text, isReminder, dueAt }: Question,
): Promise<string> {
  const seller = await getPurchaseSeller(tx, subject.serviceId);
  if (seller.email === null) throw new Problem('seller-unreachable');
  const purchase = await getPurchaseSubject(tx, { kind: subject.subjectKind, id: subject.subjectId });
  const enquiryId = (await findEnquiry(tx, subject.caseNumber)) ?? (await insertEnquiry(tx, subject));
  const number = await appendMessage(tx, { enquiryId, from: 'support', text });
  const { token, expiresAt } = await createAnswerLink(tx, enquiryId);
  await queueMail(tx, {
    kind: 'company-case',
    to: seller.email,
    // The contract with a company is in Japanese; the page of the link has both languages.
    language: 'ja',
    facts: {
      ...purchaseFacts(purchase, seller),
      caseNumber: subject.caseNumber,
      message: text,
      isReminder,
      // The last minute of its day, as people read it.
      dueAt: new Date(dueAt.getTime() - 1),
      reply: `${tx.config.publicOrigin}/answers/${token}`,
      expiresAt,
    },
    dedupeKey: `company-case:${enquiryId}:${number}`,
  });
  return enquiryId;
}

async function findEnquiry(tx: InTransaction<Deps>, caseNumber: string): Promise<string | undefined> {
  const row = await sqlOf(tx.em)
    .selectFrom('enquiry')
    .select('id')
    .where('caseNumber', '=', caseNumber)
    .executeTakeFirst();
  return row?.id;
}

async function insertEnquiry(tx: InTransaction<Deps>, subject: CaseSubject): Promise<string> {
  const id = tx.ids.next();
  const { companyId, serviceId, subjectKind, subjectId } = subject;
  const row = { id, ...subject, subscriberId: null, topic: 'other' as const, createdAt: tx.clock.now() };
  await sqlOf(tx.em).insertInto('enquiry').values(row).execute();
  const snapshot = { serviceId, subjectKind, subjectId, topic: 'other' as const };
  await appendEvents(tx, [{ type: 'enquiry.created', subject: id, companyId, snapshot }]);
  return id;
}
