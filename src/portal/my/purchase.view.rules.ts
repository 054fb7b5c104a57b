import type { ConfirmedHow, PurchaseDetails } from '../../purchases/purchase-details.queries.ts';
import { isPaid } from '../../purchases/purchase-status.rules.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import { includedTax } from '../../shared/tax.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import {
  consentHref,
  purchaseHref,
  rateText,
  sellerText,
  purchaseBadge,
  subscriptionHref,
  type BadgeView,
  type CrumbView,
  type FactView,
} from './my-parts.rules.ts';
import { refundFacts } from './refunds.view.rules.ts';

interface LinkView {
  readonly href: string;
  readonly label: string;
}

export interface PurchaseView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly badge: BadgeView;
  readonly price: string;
  readonly tax: string | undefined;
  /** What the state means for the person. */
  readonly stateText: string;
  readonly facts: readonly FactView[];
  /** What was given back, and what is left to pay; empty if nothing was. */
  readonly refunds: readonly FactView[];
  readonly seller: readonly FactView[];
  readonly confirmed: readonly FactView[];
  readonly confirmedText: string;
  /** Where the payments that follow are stopped. */
  readonly stop: LinkView | undefined;
  /** Empty for somebody who is not connected through the line. */
  readonly questions: readonly LinkView[];
  readonly questionsElsewhere: string;
  readonly receiptHref: string | undefined;
}

export function purchaseView(purchase: PurchaseDetails, frame: ViewFrame): PurchaseView {
  const { t, format, can } = frame;
  const { id, description, priceMinor, status, confirmation } = purchase;
  return {
    title: description,
    crumbs: [{ href: '/my/purchases', label: t('my.purchases.title') }],
    lead: sellerText(purchase, frame),
    badge: purchaseBadge(purchase, frame),
    price: format.money(priceMinor),
    tax: taxText(purchase, frame),
    stateText: stateText(purchase, frame),
    facts: purchaseFacts(purchase, frame),
    refunds: refundFacts(purchase, frame),
    seller: sellerFacts(purchase, frame),
    confirmed: confirmation ? confirmationFacts(confirmation, frame) : [],
    confirmedText: t(confirmation ? `my.confirmed.${confirmation.subjectKind}` : 'my.confirmed.unknown'),
    stop: stopLink(purchase, frame),
    receiptHref: isPaid(status) && can('receipts:read') ? `${purchaseHref(id)}/receipt` : undefined,
    questions: questionLinks(id, frame),
    questionsElsewhere: t(can('enquiries:read') ? 'my.purchase.elsewhere' : 'my.purchase.elsewhere-former'),
  };
}

function questionLinks(id: string, { t, can }: ViewFrame): LinkView[] {
  return [
    ...(can('enquiries:write')
      ? [{ href: `${purchaseHref(id)}/message`, label: t('my.purchase.message') }]
      : []),
    ...(can('cases:report') ? [{ href: `${purchaseHref(id)}/report`, label: t('my.purchase.report') }] : []),
  ];
}

function taxText({ taxCode, taxRateBps, priceMinor }: PurchaseDetails, frame: ViewFrame): string | undefined {
  if (taxRateBps === null) return undefined;
  const tax = frame.format.money(includedTax(priceMinor, taxRateBps));
  return frame.t('my.purchase.tax', { tax, rate: rateText(taxCode, taxRateBps, frame) });
}

function stateText(purchase: PurchaseDetails, { t, format }: ViewFrame): string {
  const { status, openUntil, dueOn, closesOn, endedAt } = purchase;
  switch (status) {
    case 'reserved':
      return openUntil === null
        ? t('my.state.reserved')
        : t('my.state.reserved-until', { until: format.dateTime(openUntil) });
    case 'waiting':
    case 'on-invoice':
    case 'invoiced':
      return dueOn === null || closesOn === null
        ? ''
        : t(`my.state.${status}`, { due: format.date(dueOn), closes: format.date(closesOn) });
    case 'cancelled':
    case 'expired':
      return endedAt === null
        ? t('my.state.not-charged')
        : t(`my.state.${status}`, { at: format.dateTime(endedAt) });
    default:
      return status satisfies never;
  }
}

function purchaseFacts(purchase: PurchaseDetails, frame: ViewFrame): FactView[] {
  const { t, format } = frame;
  const { id, kind, boughtAt, businessDate, billingPeriod, invoiceNumber, person, isHolder, late } = purchase;
  return [
    { label: t('my.purchase.number'), text: publicId('charge', id) },
    { label: t('my.purchase.bought-at'), text: format.dateTime(boughtAt) },
    ...(businessDate === null
      ? []
      : [{ label: t('my.purchase.charged-on'), text: format.date(businessDate) }]),
    { label: t('my.purchase.kind'), text: t(`my.kind.${kind}`) },
    ...(isHolder && person
      ? [{ label: t('my.who'), text: t('my.person', { name: person.displayName, id: person.issuedId }) }]
      : []),
    ...(billingPeriod === null
      ? []
      : [
          {
            label: t('my.purchase.invoice'),
            text: [
              t('my.invoice.of', { month: format.month(billingPeriod) }),
              ...(isHolder && invoiceNumber !== null ? [invoiceNumber] : []),
            ].join(' '),
            href: `/my/invoices/${billingPeriod}`,
          },
        ]),
    ...(late ? [{ label: t('my.purchase.late'), text: t('my.purchase.late-text') }] : []),
  ];
}

/** A month or a use is charged under something that is cancelled or revoked. */
function stopLink(
  { subscriptionId, consentId }: PurchaseDetails,
  { t, can }: ViewFrame,
): LinkView | undefined {
  if (subscriptionId !== null && can('subscriptions:cancel'))
    return { href: subscriptionHref(subscriptionId), label: t('my.purchase.stop-subscription') };
  return consentId === null || !can('consents:revoke')
    ? undefined
    : { href: consentHref(consentId), label: t('my.purchase.stop-consent') };
}

function sellerFacts(purchase: PurchaseDetails, { t, language }: ViewFrame): FactView[] {
  const { company, companyEn, service, serviceEn, seller } = purchase;
  const isJa = language === 'ja';
  const address = (isJa ? seller.sellerAddress : seller.sellerAddressEn) ?? seller.address;
  return [
    { label: t('my.seller.company'), text: isJa ? company : companyEn },
    { label: t('my.seller.service'), text: isJa ? service : serviceEn },
    { label: t('my.seller.address'), text: address },
    ...(seller.sellerTelephone === null
      ? []
      : [
          {
            label: t('my.seller.telephone'),
            text: seller.sellerTelephone,
            href: `tel:${seller.sellerTelephone}`,
          },
        ]),
    ...(seller.contactEmail === null ? [] : [{ label: t('my.seller.email'), text: seller.contactEmail }]),
    ...(seller.registrationNumber === null
      ? []
      : [{ label: t('my.seller.registration'), text: seller.registrationNumber }]),
  ];
}

function confirmationFacts(confirmation: ConfirmedHow, { t, format }: ViewFrame): FactView[] {
  const { confirmedAt, lineId, issuedId, address, provenBy } = confirmation;
  return [
    { label: t('my.confirmed.at'), text: format.dateTime(confirmedAt) },
    { label: t('my.confirmed.line'), text: lineId },
    { label: t('my.confirmed.id'), text: issuedId },
    { label: t('my.confirmed.proof'), text: t(`my.confirmed.by.${provenBy}`) },
    ...(address === '' ? [] : [{ label: t('my.confirmed.address'), text: address }]),
  ];
}
