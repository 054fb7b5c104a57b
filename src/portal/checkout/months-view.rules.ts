import { formatMoney } from '../../shared/money.ts';
import { listComingCharges } from '../../subscriptions/coming-charges.rules.ts';
import type { DueMonth } from '../../subscriptions/subscription.rules.ts';
import type { Subscription } from '../../subscriptions/subscription.entity.ts';
import { invoiceFacts } from './billing-view.rules.ts';
import type { OrderRow } from './order-view.rules.ts';
import type { OrderTerms } from './order-terms.ts';

/** Date and amount of the first two charges of somebody who joins today, with their invoices once the line is known. */
export function describeComingCharges(subscription: Subscription, terms: OrderTerms): OrderRow[] {
  const { t, businessDate } = terms;
  const [first, next] = listComingCharges(subscription, businessDate, terms);
  return [
    ...(first ? [{ label: t('order.first-charge'), texts: describeDue(subscription, first, terms) }] : []),
    ...(next ? [{ label: t('order.next-charge'), texts: describeDue(subscription, next, terms) }] : []),
  ];
}

function describeDue({ amountMinor }: Subscription, { dueOn, month }: DueMonth, terms: OrderTerms): string[] {
  const { t, format, currency, language, businessDate, invoices } = terms;
  const amount = formatMoney(amountMinor, currency, language);
  const facts = { amount, date: format.date(dueOn), month: format.month(month) };
  const invoice = invoices?.find(({ chargedOn }) => chargedOn === dueOn);
  return [
    t(dueOn === businessDate ? 'order.charged-now' : 'order.charged-on', facts),
    ...(invoice ? [t('order.on-invoice', invoiceFacts(invoice, terms))] : []),
  ];
}

/** The free months that this buyer receives; until the buyer is known, the offer with its condition. */
export function describeFreeMonths(
  { firstMonthFree, lastMonthFree }: Subscription,
  { t, freeMonthsLeft: left }: OrderTerms,
): OrderRow[] {
  const isFirstLeft = left?.first ?? true;
  const isLastLeft = left?.last ?? true;
  const texts = [
    ...(firstMonthFree ? [t(isFirstLeft ? 'order.first-month-free' : 'order.first-month-had')] : []),
    ...(lastMonthFree ? [t(isLastLeft ? 'order.last-month-free' : 'order.last-month-had')] : []),
    ...((firstMonthFree || lastMonthFree) && !left ? [t('order.free-once')] : []),
  ];
  return texts.length > 0 ? [{ label: t('order.special'), texts }] : [];
}
