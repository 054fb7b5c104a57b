import type { Receipt } from '../../templates/receipt/receipt.types.ts';
import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { requireShown } from '../personal-data/require-shown.ts';
import { receiptDocument } from '../rendering/printed-document.ts';
import { shortenAddress } from '../purchases/shorten-address.rules.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import type { Locale } from '../shared/money.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { findConfirmationOf, getPurchaseForReceipt, type PurchaseForReceipt } from './receipt.queries.ts';
import { registrationOn, shortenIssuedId, taxOfPurchase, writeLocalTime } from './receipt.rules.ts';

/**
 * The record of one purchase as a PDF: for who bought it, for the holder of the line, and for the carrier's people.
 * @param input `chargeId` as stored, without its prefix.
 * @throws Problem `charge-not-found`; `illegal-state` for one that was cancelled or has expired; `personal-data-hidden`, `service-unavailable`.
 */
export async function renderReceipt(
  deps: Deps,
  actor: Actor,
  { chargeId, language }: { readonly chargeId: string; readonly language: Locale },
): Promise<DownloadedFile> {
  const owned = ownedBy(actor, 'receipts:read');
  const purchase = await getPurchaseForReceipt(deps, owned, chargeId);
  const { lineId, holderFrom } = purchase;
  if (lineId !== null && holderFrom !== null) await requireShown(deps, actor, { lineId, holderFrom });
  const receipt = await describeReceipt(deps, purchase, language);
  const body = await deps.documents.draw(receiptDocument(receipt));
  return { filename: `purchase-${receipt.number}.pdf`, type: 'application/pdf', body };
}

async function describeReceipt(deps: Deps, purchase: PurchaseForReceipt, language: Locale): Promise<Receipt> {
  const { carrier, currency, timeZone } = deps.config;
  const localTime = (instant: Date) => writeLocalTime(instant, timeZone);
  const confirmed = await findConfirmationOf(deps, purchase);
  const boughtAt = purchase.authorizedAt ?? purchase.capturedAt ?? purchase.createdAt;
  const isEnglish = language === 'en';
  return {
    language,
    currency,
    number: publicId('charge', purchase.id),
    boughtAt: localTime(boughtAt),
    state: purchase.isCharged ? 'charged' : 'reserved',
    description: purchase.description,
    kind: purchase.kind,
    amountMinor: purchase.capturedMinor ?? purchase.amountMinor,
    refunded: purchase.refunded,
    tax: taxOfPurchase(purchase),
    seller: describeSeller(purchase, isEnglish),
    buyer: {
      name: purchase.displayName ?? '',
      issuedId: shortenIssuedId(purchase.issuedId ?? ''),
      lineId: purchase.lineId ?? '',
    },
    confirmation: confirmed && {
      subject: confirmed.subjectKind,
      confirmedAt: localTime(confirmed.confirmedAt),
      provenBy: confirmed.provenBy,
      address: shortenAddress(confirmed.address),
    },
    invoice: invoiceOf(purchase),
    carrier: {
      name: isEnglish ? carrier.nameEn : carrier.name,
      address: carrier.address,
      contact: isEnglish ? carrier.contactEn : carrier.contact,
    },
  };
}

function describeSeller(purchase: PurchaseForReceipt, isEnglish: boolean): Receipt['seller'] {
  const { companyAddress, sellerAddress, sellerAddressEn, businessDate } = purchase;
  const address = isEnglish ? sellerAddressEn : sellerAddress;
  return {
    name: isEnglish ? purchase.companyEn : purchase.company,
    service: isEnglish ? purchase.serviceEn : purchase.service,
    address: address ?? companyAddress,
    telephone: purchase.sellerTelephone ?? '',
    registrationNumber: businessDate === null ? null : registrationOn(purchase, businessDate),
  };
}

function invoiceOf({ billingPeriod, dueOn, invoiceNumber }: PurchaseForReceipt): Receipt['invoice'] {
  if (billingPeriod === null || dueOn === null) return undefined;
  return { billingPeriod, number: invoiceNumber, dueDate: dueOn };
}
