import { formatPercent } from '../../shared/average.rules.ts';
import type { Charge } from '../../charges/charge.entity.ts';
import { LimitExceeded, type MonthRoom } from '../../limits/limit-exceeded.ts';
import { PurchaseNotPermitted } from '../../safeguards/permitted-purchase.rules.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Consent } from '../../consents/consent.entity.ts';
import { formatMoney, type Currency, type Locale } from '../../shared/money.ts';
import { includedTax, taxRateBps, type TaxCode, type TaxRate } from '../../shared/tax.rules.ts';
import { addMonths, dayOfMonth, monthOf } from '../../shared/calendar-date.rules.ts';
import type { FreeMonthsLeft } from '../../subscriptions/free-months.ts';
import { listDueThrough, type DueMonth } from '../../subscriptions/subscription.rules.ts';
import type { Subscription } from '../../subscriptions/subscription.entity.ts';
import type { Translate } from '../messages/translate.ts';
import type { OpenedCheckout, Subject } from './checkout.queries.ts';

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
  readonly rows: readonly { readonly label: string; readonly texts: readonly string[] }[];
  readonly note: string | undefined;
}

export interface OrderTerms {
  readonly language: Locale;
  readonly t: Translate;
  readonly currency: Currency;
  /** Determines the tax rate. */
  readonly businessDate: string;
  readonly taxRates: readonly TaxRate[];
  /** Months of the item that the buyer has had, once the buyer is known. */
  readonly monthsHad?: ReadonlySet<string> | undefined;
  /** Months of the item that a cancelled subscription is still charged for tonight. */
  readonly monthsLeaving?: ReadonlySet<string> | undefined;
  /** Free months of the item that the line can still have, once the buyer is known. */
  readonly freeMonthsLeft?: FreeMonthsLeft | undefined;
}

type Sold = Pick<OpenedCheckout, 'subject' | 'company' | 'service'>;

/** Describes what is sold, by whom, for how much and how often. */
export function describeOrder({ subject, company, service }: Sold, terms: OrderTerms): OrderView {
  const { language, t } = terms;
  const common = {
    title: t(`order.${subject.kind}`),
    seller: language === 'ja' ? company.name : company.nameEn,
    service: language === 'ja' ? service.name : service.nameEn,
    item: subject.row.description,
    priceUnit: '',
    note: undefined,
  };
  return { ...common, ...describeSubject(subject, terms) };
}

function describeSubject({ kind, row }: Subject, terms: OrderTerms) {
  if (kind === 'charge') return describeCharge(row, terms);
  return kind === 'subscription' ? describeSubscription(row, terms) : describeConsent(row, terms);
}

/** The price on the button; undefined for a consent, which has none. */
export function priceOf({ subject }: Pick<Sold, 'subject'>, terms: OrderTerms): string | undefined {
  if (subject.kind === 'consent') return undefined;
  return formatMoney(subject.row.amountMinor, terms.currency, terms.language);
}

/** The remaining limit of the line, formatted for a text. */
function describeRoom({ limitMinor, remainingMinor, closesOn }: MonthRoom, terms: OrderTerms) {
  const { currency, language } = terms;
  const day = new Intl.DateTimeFormat(language, { month: 'long', day: 'numeric', timeZone: 'UTC' });
  return {
    limit: formatMoney(limitMinor, currency, language),
    remaining: formatMoney(remainingMinor, currency, language),
    date: day.format(new Date(`${closesOn}T00:00Z`)),
  };
}

/** The facts of a refusal for its text: amounts that only the subscriber reads. */
export function describeRefusal(problem: Problem, terms: OrderTerms): Record<string, string> {
  if (problem instanceof LimitExceeded) return describeRoom(problem.room, terms);
  if (problem instanceof PurchaseNotPermitted && problem.refusal.reason === 'charge-limit')
    return { limit: formatMoney(problem.refusal.limitMinor, terms.currency, terms.language) };
  return {};
}

type Priced = Pick<Charge, 'amountMinor' | 'taxCode'>;

function describePrice({ amountMinor, taxCode }: Priced, terms: OrderTerms) {
  const { currency, language } = terms;
  return {
    price: formatMoney(amountMinor, currency, language),
    tax: describeTax(amountMinor, taxCode, terms),
  };
}

function describeTax(amountMinor: bigint, taxCode: TaxCode, terms: OrderTerms): string {
  const { t, currency, language, businessDate, taxRates } = terms;
  const rateBps = taxRateBps(taxCode, businessDate, taxRates);
  const tax = formatMoney(includedTax(amountMinor, rateBps), currency, language);
  return t(taxCode === 'reduced' ? 'order.tax-reduced' : 'order.tax', { rate: formatPercent(rateBps), tax });
}

function describeCharge(charge: Priced, terms: OrderTerms) {
  const { t } = terms;
  return {
    ...describePrice(charge, terms),
    priceLabel: t('order.price'),
    rows: [
      { label: t('order.how-often'), texts: [t('order.once')] },
      { label: t('order.billing'), texts: [t('order.billed-with-line')] },
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
      { label: t('order.how-often'), texts: [t('order.monthly')] },
      { label: t('order.charged'), texts: [charged] },
      { label: t('order.first-charge'), texts: describeFirstCharge(subscription, terms) },
      ...describeFreeMonths(subscription, terms),
      { label: t('order.billing'), texts: [t('order.billed-with-line')] },
    ],
    note: t('order.no-proration'),
  };
}

/** The free months that this buyer receives; until the buyer is known, the offer with its condition. */
function describeFreeMonths({ firstMonthFree, lastMonthFree }: Subscription, terms: OrderTerms) {
  const { t, freeMonthsLeft: left } = terms;
  const isFirstLeft = left?.first ?? true;
  const isLastLeft = left?.last ?? true;
  const texts = [
    ...(firstMonthFree ? [t(isFirstLeft ? 'order.first-month-free' : 'order.first-month-had')] : []),
    ...(lastMonthFree ? [t(isLastLeft ? 'order.last-month-free' : 'order.last-month-had')] : []),
    ...((firstMonthFree || lastMonthFree) && !left ? [t('order.free-once')] : []),
  ];
  return texts.length > 0 ? [{ label: t('order.special'), texts }] : [];
}

/** When a subscriber who joins today is first charged: at once if this month's charge day has come, and for the whole month. */
function describeFirstCharge(subscription: Subscription, terms: OrderTerms): string[] {
  const { t, businessDate, currency, language } = terms;
  const first = firstChargeOf(subscription, terms);
  if (!first) return [];
  const facts = {
    amount: formatMoney(subscription.amountMinor, currency, language),
    day: Number(first.dueOn.slice(8)),
  };
  const isThisMonth = first.month === monthOf(businessDate);
  if (first.dueOn === businessDate) return [t('order.first-charge-now', facts)];
  return [t(isThisMonth ? 'order.first-charge-this-month' : 'order.first-charge-next-month', facts)];
}

function firstChargeOf(subscription: Subscription, terms: OrderTerms): DueMonth | undefined {
  const { businessDate, monthsHad, monthsLeaving, freeMonthsLeft } = terms;
  const { chargeDay, firstMonthFree, lastMonthFree } = subscription;
  const isFirst = freeMonthsLeft?.first ?? true;
  const joining = {
    joinedOn: businessDate,
    chargeDay,
    firstMonthFree: firstMonthFree && isFirst,
    lastMonthFree,
  };
  const endOfNext = dayOfMonth(addMonths(monthOf(businessDate), 1), 31);
  return listDueThrough(joining, endOfNext).find(({ outcome, month, dueOn }) => {
    const isPaidByOther = dueOn > businessDate && monthsLeaving?.has(month);
    return outcome === 'charge' && !monthsHad?.has(month) && !isPaidByOther;
  });
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
      { label: t('order.billing'), texts: [t('order.billed-with-line')] },
    ],
    note: t('order.consent-note'),
  };
}
