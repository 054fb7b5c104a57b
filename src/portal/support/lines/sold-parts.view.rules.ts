import { publicId } from '../../../shared/public-id.rules.ts';
import { cancelSubscriptionHref, revokeConsentHref } from '../acts/act-links.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { sellerOf } from '../company-name.rules.ts';
import { collectionBadge, purchaseBadge, subscriptionBadge, consentBadge } from '../sold-words.rules.ts';
import { chargeHref, invoiceHref } from '../support-links.rules.ts';
import type { PartTable } from './part.types.ts';
import type { Loaded } from './parts.ts';

/** Purchases of a tenure, each with what became of it. */
export function chargesTable({ rows }: Loaded['charges'], frame: ViewFrame): PartTable {
  const { t, format } = frame;
  return {
    columns: [
      { label: t('support.part.purchase'), isLong: true },
      { label: t('support.part.amount'), isNumber: true },
      { label: t('support.part.date') },
      { label: t('support.part.seller'), isLong: true },
      { label: t('support.part.person'), isLess: true },
      { label: t('support.part.state') },
      { label: t('support.part.invoice'), isLess: true },
    ],
    rows: rows.map((row) => [
      { text: row.description, href: chargeHref(row.id) },
      row.refundedMinor > 0n
        ? {
            text: format.money(row.priceMinor),
            note: t('support.part.refunded', { amount: format.money(row.refundedMinor) }),
          }
        : format.money(row.priceMinor),
      format.date(row.date),
      sellerOf(row, frame),
      row.person?.displayName ?? '',
      { badge: purchaseBadge(row.status, frame) },
      row.invoiceNumber === null
        ? (row.billingPeriod && format.month(row.billingPeriod)) || ''
        : { text: row.invoiceNumber, href: invoiceHref(row.invoiceNumber) },
    ]),
    empty: { title: t('support.part.no-charges'), text: t('support.part.no-charges-text') },
  };
}

/** Invoices of a tenure, the newest first, and how far they are collected. */
export function invoicesTable({ rows }: Loaded['invoices'], frame: ViewFrame): PartTable {
  const { t, format } = frame;
  return {
    columns: [
      { label: t('support.part.month') },
      { label: t('support.part.amount'), isNumber: true },
      { label: t('support.part.items'), isNumber: true },
      { label: t('support.part.invoice') },
      { label: t('support.part.due') },
      { label: t('support.part.state') },
    ],
    rows: rows.map(({ period, total, number, collection }) => [
      number === null
        ? format.month(period.period)
        : { text: format.month(period.period), href: invoiceHref(number) },
      format.money(total.minor),
      format.count(total.count),
      number ?? t('support.part.not-issued'),
      format.date(period.dueOn),
      { badge: collectionBadge(number === null ? undefined : (collection?.state ?? 'billed'), frame) },
    ]),
    empty: { title: t('support.part.no-invoices'), text: '' },
  };
}

/** Subscriptions of a tenure, those that run first. */
export function subscriptionsTable({ rows }: Loaded['subscriptions'], frame: ViewFrame): PartTable {
  const { t, format, can } = frame;
  return {
    columns: [
      { label: t('support.part.subscription'), isLong: true },
      { label: t('support.part.monthly'), isNumber: true },
      { label: t('support.part.seller'), isLong: true },
      { label: t('support.part.person'), isLess: true },
      { label: t('support.part.since') },
      { label: t('support.part.next') },
      { label: t('support.part.state') },
    ],
    rows: rows.map((row) => [
      {
        text: row.description,
        note: publicId('subscription', row.id),
        ...(row.state === 'active' &&
          can('subscriptions:cancel') && { href: cancelSubscriptionHref(row.id) }),
      },
      format.money(row.amountMinor),
      sellerOf(row, frame),
      row.person?.displayName ?? '',
      row.joinedOn === null ? '' : format.date(row.joinedOn),
      row.next ? format.date(row.next.dueOn) : '',
      { badge: subscriptionBadge(row.state, frame) },
    ]),
    empty: { title: t('support.part.no-subscriptions'), text: '' },
  };
}

/** Consents of a tenure, those in force first. */
export function consentsTable({ rows }: Loaded['consents'], frame: ViewFrame): PartTable {
  const { t, format, can } = frame;
  return {
    columns: [
      { label: t('support.part.consent'), isLong: true },
      { label: t('support.part.per-charge'), isNumber: true },
      { label: t('support.part.seller'), isLong: true },
      { label: t('support.part.person'), isLess: true },
      { label: t('support.part.used'), isNumber: true },
      { label: t('support.part.last-used') },
      { label: t('support.part.state') },
    ],
    rows: rows.map((row) => [
      {
        text: row.description,
        note: publicId('consent', row.id),
        ...(row.state === 'active' && can('consents:revoke') && { href: revokeConsentHref(row.id) }),
      },
      row.perChargeMaxMinor === null ? '' : format.money(row.perChargeMaxMinor),
      sellerOf(row, frame),
      row.person?.displayName ?? '',
      format.money(row.use.minor),
      row.use.lastOn === null ? '' : format.date(row.use.lastOn),
      { badge: consentBadge(row.state, frame) },
    ]),
    empty: { title: t('support.part.no-consents'), text: '' },
  };
}
