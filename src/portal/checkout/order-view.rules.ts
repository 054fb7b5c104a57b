import { readSellerTerms } from '../../companies/seller-terms.rules.ts';
import type { Charge } from '../../charges/charge.entity.ts';
import type { Consent } from '../../consents/consent.entity.ts';
import { formatPercent } from '../../shared/average.rules.ts';
import { formatMoney } from '../../shared/money.ts';
import { includedTax, taxRateBps } from '../../shared/tax.rules.ts';
import type { Subscription } from '../../subscriptions/subscription.entity.ts';
import { describeComingCharges, describeFreeMonths } from './months-view.rules.ts';
import { describeBilling } from './billing-view.rules.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import type { OrderTerms } from './order-terms.ts';

/** A line of the order: a label with one or more texts. */
export interface OrderRow {
  readonly label: string;
  readonly texts: readonly string[];
}

/** The texts that the page shows of an order. */
export interface OrderView {
  readonly title: string;
  readonly seller: string;
  readonly service: string;
  readonly item: string;
  readonly priceLabel: string;
  readonly price: string;
  /** After the price: `／月`. */
  readonly priceUnit: string;
  readonly tax: string;
  /** What a last page must say (domain.md §15). */
  readonly rows: readonly OrderRow[];
  readonly note: string | undefined;
}

type Sold = Pick<OpenedCheckout, 'subject' | 'company' | 'service' | 'request'>;

/** Describes what is sold, by whom, for how much, how often, how it is paid, delivered and cancelled. */
export function describeOrder({ subject, company, service, request }: Sold, terms: OrderTerms): OrderView {
  const { language, t } = terms;
  const { rows, ...described } = describeSubject(subject, terms);
  return {
    title: t(request ? 'order.request' : `order.${subject.kind}`),
    seller: language === 'ja' ? company.name : company.nameEn,
    service: language === 'ja' ? service.name : service.nameEn,
    item: subject.row.description,
    priceUnit: '',
    note: request && t('order.request-note'),
    ...described,
    rows: [...rows, ...describeSeller(subject, service, terms)],
  };
}

function describeSubject({ kind, row }: OpenedCheckout['subject'], terms: OrderTerms) {
  if (kind === 'charge') return describeCharge(row, terms);
  return kind === 'subscription' ? describeSubscription(row, terms) : describeConsent(row, terms);
}

/** The price on the button; undefined for a consent, which has none. */
export function priceOf({ subject }: Pick<Sold, 'subject'>, terms: OrderTerms): string | undefined {
  if (subject.kind === 'consent') return undefined;
  return formatMoney(subject.row.amountMinor, terms.currency, terms.language);
}

function describePrice({ amountMinor, taxCode }: Pick<Charge, 'amountMinor' | 'taxCode'>, terms: OrderTerms) {
  const { t, currency, language, businessDate, taxRates } = terms;
  const rateBps = taxRateBps(taxCode, businessDate, taxRates);
  const tax = formatMoney(includedTax(amountMinor, rateBps), currency, language);
  const key = taxCode === 'reduced' ? 'order.tax-reduced' : 'order.tax';
  return {
    price: formatMoney(amountMinor, currency, language),
    tax: t(key, { rate: formatPercent(rateBps), tax }),
  };
}

function describeCharge(charge: Charge, terms: OrderTerms) {
  const { t } = terms;
  return {
    ...describePrice(charge, terms),
    priceLabel: t('order.price'),
    rows: [
      { label: t('order.quantity'), texts: [t('order.one')] },
      { label: t('order.how-often'), texts: [t('order.once')] },
      { label: t('order.billing'), texts: describeBilling(charge, terms) },
    ],
  };
}

function describeSubscription(subscription: Subscription, terms: OrderTerms) {
  const { t } = terms;
  const { chargeDay: day } = subscription;
  const charged = day > 28 ? t('order.charged-at-month-end') : t('order.charged-on-day', { day });
  return {
    ...describePrice(subscription, terms),
    priceLabel: t('order.price-monthly'),
    priceUnit: t('order.per-month'),
    rows: [
      { label: t('order.quantity'), texts: [t('order.one-contract')] },
      { label: t('order.period'), texts: [t('order.monthly')] },
      { label: t('order.charged'), texts: [charged] },
      ...describeComingCharges(subscription, terms),
      ...describeFreeMonths(subscription, terms),
      { label: t('order.billing'), texts: [t('order.billed-with-line')] },
    ],
    note: t('order.no-proration'),
  };
}

function describeConsent({ perChargeMaxMinor }: Consent, terms: OrderTerms) {
  const { t, currency, language } = terms;
  const isSet = perChargeMaxMinor != null;
  const amount = isSet ? formatMoney(perChargeMaxMinor, currency, language) : '';
  return {
    price: isSet ? t('order.up-to', { amount }) : t('order.no-maximum'),
    tax: isSet ? t('order.tax-included') : '',
    priceLabel: t('order.price-consent'),
    rows: [
      { label: t('order.how-often'), texts: [t('order.each-use')] },
      { label: t('order.billing'), texts: [t('order.billed-by-use')] },
    ],
    note: t('order.consent-note'),
  };
}

/** Delivery, cancellation and where the seller is reached; nothing for a service from before it had to say so. */
function describeSeller(
  { kind }: OpenedCheckout['subject'],
  service: Sold['service'],
  { t, language }: OrderTerms,
): OrderRow[] {
  const seller = readSellerTerms(service, language);
  if (!seller) return [];
  return [
    { label: t('order.delivery'), texts: [seller.delivery] },
    { label: t(`order.cancellation-${kind}`), texts: [seller.cancellation] },
    { label: t('order.seller-contact'), texts: [seller.address, seller.telephone, seller.contact] },
  ];
}
