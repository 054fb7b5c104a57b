import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findMailRecipient } from '../identity/find-mail-recipient.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { getPurchaseSubject } from '../purchases/find-purchase-subject.ts';
import { getPurchaseSeller, purchaseFacts } from '../purchases/purchase-seller.queries.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { Enquiry } from './enquiry.entity.ts';

interface Answer {
  readonly number: number;
  readonly text: string;
}

/** Queues the mail of a company's answer. Without an address the answer is shown on the subscriber's pages alone. */
export async function sendToSubscriber(
  tx: InTransaction<Deps>,
  enquiry: Enquiry,
  { number, text }: Answer,
): Promise<void> {
  if (enquiry.subscriberId == null) return;
  const recipient = await findMailRecipient(tx, enquiry.subscriberId);
  if (!recipient) return;
  const purchase = await getPurchaseSubject(tx, { kind: enquiry.subjectKind, id: enquiry.subjectId });
  const seller = await getPurchaseSeller(tx, enquiry.serviceId);
  await queueMail(tx, {
    kind: 'company-answer',
    ...recipient,
    facts: {
      ...purchaseFacts(purchase, seller),
      answer: text,
      answeredAt: tx.clock.now(),
      url: `${tx.config.publicOrigin}/my/enquiries/${publicId('enquiry', enquiry.id)}`,
    },
    dedupeKey: `company-answer:${enquiry.id}:${number}`,
  });
}
