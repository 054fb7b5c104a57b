import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { findHolderMailbox, type TenureKey } from './holder-mailbox.ts';

/** A one-time purchase that was just confirmed. */
export interface ConfirmedPurchase {
  readonly chargeId: string;
  readonly companyId: number;
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
  const { seller, buyer } = await findNames(tx, purchase);
  const receiptNumber = publicId('charge', chargeId);
  await queueMail(tx, {
    kind: 'purchase-receipt',
    ...mailbox,
    dedupeKey: `purchase-receipt:${receiptNumber}`,
    facts: {
      company: { ja: seller.company, en: seller.companyEn },
      service: { ja: seller.service, en: seller.serviceEn },
      description,
      receiptNumber,
      purchasedAt,
      amountMinor,
      taxPercent,
      buyer,
      invoiceMonth,
      sellerContact: null,
      url: `${tx.config.publicOrigin}/my`,
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

async function findNames(tx: InTransaction<Deps>, { companyId, serviceId, subscriberId }: ConfirmedPurchase) {
  const db = sqlOf(tx.em);
  const seller = await db
    .selectFrom('service as s')
    .innerJoin('company as c', 'c.id', 's.companyId')
    .select(['s.name as service', 's.nameEn as serviceEn', 'c.name as company', 'c.nameEn as companyEn'])
    .where('s.id', '=', serviceId)
    .where('c.id', '=', companyId)
    .executeTakeFirstOrThrow();
  const { displayName: buyer } = await db
    .selectFrom('subscriber')
    .select('displayName')
    .where('id', '=', subscriberId)
    .executeTakeFirstOrThrow();
  return { seller, buyer };
}
