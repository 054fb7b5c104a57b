import { getGoods } from '../companies/goods.queries.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { findHolderMailbox, type TenureKey } from './holder-mailbox.ts';

/** A one-time purchase that was just confirmed. */
export interface ConfirmedPurchase {
  readonly chargeId: string;
  readonly serviceId: number;
  readonly description: string;
  readonly amountMinor: bigint;
  readonly taxPercent: number;
  readonly purchasedAt: Date;
  /** The billing month that has it; null while it is authorized only. */
  readonly invoiceMonth: string | null;
  readonly subscriberId: number;
  readonly tenure: TenureKey;
}

/** Queues the receipt of a purchase on the checkout page, for a holder who wants a mail at every purchase. */
export async function announcePurchase(tx: InTransaction<Deps>, purchase: ConfirmedPurchase): Promise<void> {
  if (!(await wantsMails(tx, purchase.tenure))) return;
  const mailbox = await findHolderMailbox(tx, purchase.tenure);
  if (!mailbox) return;
  const { chargeId, description, amountMinor, taxPercent, purchasedAt, invoiceMonth } = purchase;
  const goods = await getGoods(tx, purchase.serviceId);
  const buyer = await getDisplayName(tx, purchase.subscriberId);
  const receiptNumber = publicId('charge', chargeId);
  await queueMail(tx, {
    kind: 'purchase-receipt',
    ...mailbox,
    dedupeKey: `purchase-receipt:${receiptNumber}`,
    facts: {
      ...goods,
      description,
      receiptNumber,
      purchasedAt,
      amountMinor,
      taxPercent,
      buyer,
      invoiceMonth,
      url: `${tx.config.publicOrigin}/my/purchases/${receiptNumber}`,
    },
  });
}

async function wantsMails(tx: InTransaction<Deps>, { lineId, holderFrom }: TenureKey): Promise<boolean> {
  const row = await sqlOf(tx.em)
    .selectFrom('purchase_mail')
    .select('since')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .executeTakeFirst();
  return row !== undefined;
}

async function getDisplayName(tx: InTransaction<Deps>, subscriberId: number): Promise<string> {
  const { displayName } = await sqlOf(tx.em)
    .selectFrom('subscriber')
    .select('displayName')
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow();
  return displayName;
}
