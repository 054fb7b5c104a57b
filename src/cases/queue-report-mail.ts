import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { findMailRecipient } from '../identity/find-mail-recipient.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { getPurchaseSeller, purchaseFacts } from '../purchases/purchase-seller.queries.ts';
import type { PurchaseSubject } from '../purchases/purchase-subject.types.ts';

interface Reported {
  readonly number: string;
  readonly subscriberId: number;
  readonly purchase: PurchaseSubject;
}

/** Queues the mail that confirms a report, with the number of its case. */
export async function queueReportMail(
  tx: InTransaction<Deps>,
  { number, subscriberId, purchase }: Reported,
): Promise<void> {
  const recipient = await findMailRecipient(tx, subscriberId);
  if (!recipient) return;
  const seller = await getPurchaseSeller(tx, purchase.serviceId);
  await queueMail(tx, {
    kind: 'purchase-reported',
    ...recipient,
    facts: {
      ...purchaseFacts(purchase, seller),
      caseNumber: number,
      reportedAt: tx.clock.now(),
      sellerContact: seller.telephone,
      url: `${tx.config.publicOrigin}/my/cases/${number}`,
    },
    dedupeKey: `purchase-reported:${number}`,
  });
}
