import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { getPurchaseSeller, purchaseFacts } from '../purchases/purchase-seller.queries.ts';
import type { PurchaseSubject } from '../purchases/purchase-subject.types.ts';
import { Problem } from '../shared/problem.ts';
import { appendMessage } from './append-message.ts';
import { createAnswerLink } from './create-answer-link.ts';
import type { Enquiry } from './enquiry.entity.ts';

interface Written {
  readonly purchase: PurchaseSubject;
  readonly subscriberId: number;
  readonly text: string;
}

/**
 * Appends a subscriber's message to an enquiry and queues its mail to the company, with a link for the answer. The mail names the
 * purchase, and neither the subscriber nor the line.
 * @throws Problem `seller-unreachable`, `illegal-state` when the enquiry is full.
 */
export async function sendToCompany(
  tx: InTransaction<Deps>,
  enquiry: Enquiry,
  { purchase, subscriberId, text }: Written,
): Promise<void> {
  const seller = await getPurchaseSeller(tx, enquiry.serviceId);
  if (seller.email === null) throw new Problem('seller-unreachable');
  const number = await appendMessage(tx, { enquiryId: enquiry.id, from: { subscriberId }, text });
  const { token, expiresAt } = await createAnswerLink(tx, enquiry.id);
  await queueMail(tx, {
    kind: 'company-message',
    to: seller.email,
    // The contract with a company is in Japanese; the page of the link has both languages.
    language: 'ja',
    facts: {
      ...purchaseFacts(purchase, seller),
      topic: enquiry.topic,
      message: text,
      reply: `${tx.config.publicOrigin}/answers/${token}`,
      expiresAt,
    },
    dedupeKey: `company-message:${enquiry.id}:${number}`,
  });
}
