import { getGoods } from '../companies/goods.queries.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { findHolderMailbox } from '../safeguards/holder-mailbox.ts';
import { publicId } from '../shared/public-id.rules.ts';
import type { RefundRow } from './book-refund.ts';
import type { CapturedCharge } from './plan-refund.ts';
import { refundReasons, type RefundReason } from './refund-reason.rules.ts';

interface Refunded {
  readonly charge: CapturedCharge;
  readonly refund: RefundRow;
}

/** Queues the mail that something was given back, to the holder who paid for it, former or not. It cannot be switched off. */
export async function announceRefund(tx: InTransaction<Deps>, { charge, refund }: Refunded): Promise<void> {
  const mailbox = await findHolderMailbox(tx, charge);
  if (!mailbox) return;
  const receiptNumber = publicId('charge', charge.id);
  const refundNumber = publicId('refund', refund.id);
  await queueMail(tx, {
    kind: 'charge-refunded',
    ...mailbox,
    dedupeKey: `charge-refunded:${refundNumber}`,
    facts: {
      ...(await getGoods(tx, charge.serviceId)),
      description: charge.description,
      receiptNumber,
      purchasedAt: charge.authorizedAt ?? charge.createdAt,
      amountMinor: charge.capturedMinor,
      refundNumber,
      refundMinor: refund.amountMinor,
      refundedMinor: refund.refundedBeforeMinor + refund.amountMinor,
      taxPercent: refund.taxRateBps / 100,
      refundedAt: refund.createdAt,
      reason: refundReasons[refund.reason as RefundReason],
      invoiceMonth: refund.kind === 'invoice' ? refund.billingPeriod : null,
      url: `${tx.config.publicOrigin}/my/purchases/${receiptNumber}`,
    },
  });
}
