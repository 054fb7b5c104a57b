import type { PurchaseDetails } from '../../purchases/purchase-details.queries.ts';
import type { RefundOfPurchase } from '../../purchases/refunds-of-purchases.queries.ts';
import type { RefundOnInvoice } from '../../purchases/refunds-on-invoice.queries.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import { purchaseHref, rateText, sellerText, type FactView, type RowView } from './my-parts.rules.ts';

/** The refunds of a purchase with where each goes, and what the purchase costs after them; none for most purchases. */
export function refundFacts(
  { refunds, priceMinor, refundedMinor }: Pick<PurchaseDetails, 'refunds' | 'priceMinor' | 'refundedMinor'>,
  frame: ViewFrame,
): FactView[] {
  const { t, format } = frame;
  if (refunds.length === 0) return [];
  return [
    ...refunds.map((refund) => ({
      label: format.date(refund.businessDate),
      text: format.money(-refund.amountMinor),
      note: whereText(refund, frame),
      ...(refund.kind === 'invoice' && { href: `/my/invoices/${refund.billingPeriod}` }),
    })),
    { label: t('my.refund.left'), text: format.money(priceMinor - refundedMinor), isTotal: true },
  ];
}

/** On which invoice a refund is deducted, or how far it is at the bank. */
function whereText(refund: RefundOfPurchase, { t, format }: ViewFrame): string {
  if (refund.kind === 'invoice') {
    const state = refund.periodState === 'closed' ? 'deducted' : 'to-deduct';
    return t(`my.refund.${state}`, { month: format.month(refund.billingPeriod) });
  }
  const { bankState, payableMinor, lateMinor, paidMinor, paidOn } = refund;
  const totalMinor = (payableMinor ?? 0n) + (lateMinor ?? 0n);
  // What came later is on its way; the rest was paid before.
  const amount = format.money(bankState === 'paid' ? totalMinor : totalMinor - (paidMinor ?? 0n));
  if (bankState === 'paid' && paidOn !== null)
    return t('my.refund.bank-paid', { amount, date: format.date(paidOn) });
  if (bankState === 'payable' || bankState === 'paid') return t('my.refund.bank-payable', { amount });
  return t(bankState === 'cancelled' ? 'my.refund.bank-cancelled' : 'my.refund.bank-waiting');
}

/** A refund as an item of an invoice, with its purchase behind it. */
export function refundRow(
  refund: RefundOnInvoice,
  frame: ViewFrame,
  { isHolder }: { readonly isHolder: boolean },
): RowView {
  const { t, format } = frame;
  const { chargeId, description, amountMinor, businessDate, suppliedOn, person, taxCode, taxRateBps } =
    refund;
  const when = [
    t('my.refund.on', { date: format.date(businessDate) }),
    ...(suppliedOn === null ? [] : [t('my.refund.of', { date: format.date(suppliedOn) })]),
    ...(isHolder && person ? [person.displayName] : []),
  ];
  return {
    href: purchaseHref(chargeId),
    title: description,
    figure: format.money(-amountMinor),
    notes: [
      sellerText(refund, frame),
      when.join(t('my.dot')),
      t('my.invoice.item-rate', { rate: rateText(taxCode, taxRateBps, frame) }),
    ],
  };
}
