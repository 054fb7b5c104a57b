import type { PurchaseExplanation } from '../../cases/explain-purchase.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import {
  contactHref,
  elsewhereBanner,
  sellerName,
  subjectHref,
  textView,
  type BannerView,
  type TextView,
} from './contact-parts.rules.ts';
import { purchaseRow, type CrumbView, type FactView, type RowView } from './my-parts.rules.ts';

export interface ReportView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly lead: string;
  readonly facts: readonly FactView[];
  readonly confirmedText: string;
  readonly seller: readonly FactView[];
  readonly others: readonly RowView[];
  readonly messageHref: string;
  /** A case that is open already. */
  readonly already: { readonly banner: BannerView; readonly href: string } | undefined;
  readonly banner: BannerView | undefined;
  readonly report: { readonly action: string; readonly text: TextView } | undefined;
}

interface Loaded extends PurchaseExplanation {
  readonly isHolder: boolean;
}

export function reportView(loaded: Loaded, frame: ViewFrame): ReportView {
  const { t } = frame;
  const { purchase, confirmation, others, openCase, isHolder } = loaded;
  const canReport = frame.can('cases:report');
  return {
    title: t('my.report.title'),
    crumbs: [{ href: subjectHref(purchase), label: purchase.description }],
    lead: t(openCase === undefined ? 'my.report.lead' : 'my.report.lead-reported'),
    facts: purchaseFacts(loaded, frame),
    confirmedText: t(confirmation ? `my.confirmed.${confirmation.subjectKind}` : 'my.confirmed.unknown'),
    seller: sellerFacts(loaded, frame),
    others: others.map((other) => purchaseRow(other, frame, { isHolder })),
    messageHref: contactHref(purchase, 'message'),
    already: openCase === undefined ? undefined : alreadyReported(openCase, frame),
    banner: canReport || openCase !== undefined ? undefined : elsewhereBanner(frame),
    report:
      canReport && openCase === undefined
        ? {
            action: contactHref(purchase, 'report'),
            text: textView(t('my.report.text'), t('my.report.hint'), { isOptional: true }),
          }
        : undefined,
  };
}

function alreadyReported(number: string, { t }: ViewFrame): NonNullable<ReportView['already']> {
  const text = t('my.report.already', { number });
  return { banner: { tone: 'info', title: t('my.report.already.title'), text }, href: `/my/cases/${number}` };
}

/** Who of the line, when, and from where, in the order in which people ask. */
export function purchaseFacts(
  { purchase, buyer, confirmation }: PurchaseExplanation,
  { t, format }: ViewFrame,
): FactView[] {
  const { description, amountMinor, boughtAt, kind, id } = purchase;
  const who = { name: buyer.displayName, id: buyer.issuedId };
  return [
    { label: t('my.enquiry.item'), text: description },
    ...(amountMinor === null ? [] : [{ label: t('my.enquiry.price'), text: format.money(amountMinor) }]),
    { label: t('my.report.who'), text: t(buyer.isReader ? 'my.report.who-you' : 'my.report.who-other', who) },
    { label: t('my.enquiry.bought-at'), text: format.dateTime(boughtAt) },
    ...(confirmation
      ? [
          { label: t('my.confirmed.at'), text: format.dateTime(confirmation.confirmedAt) },
          { label: t('my.confirmed.line'), text: confirmation.lineId },
          { label: t('my.confirmed.proof'), text: t(`my.confirmed.by.${confirmation.provenBy}`) },
          ...(confirmation.address === ''
            ? []
            : [{ label: t('my.confirmed.address'), text: confirmation.address }]),
        ]
      : []),
    { label: t('my.enquiry.purchase-number'), text: publicId(kind, id) },
  ];
}

function sellerFacts({ seller }: PurchaseExplanation, frame: ViewFrame): FactView[] {
  const { t, language } = frame;
  const { telephone, address } = seller;
  return [
    { label: t('my.seller.company'), text: sellerName(seller, frame) },
    ...(telephone === null
      ? []
      : [{ label: t('my.seller.telephone'), text: telephone, href: `tel:${telephone}` }]),
    ...(address === null ? [] : [{ label: t('my.seller.address'), text: address[language] }]),
  ];
}
