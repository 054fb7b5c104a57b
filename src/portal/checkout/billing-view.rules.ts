import type { Charge } from '../../charges/charge.entity.ts';
import type { ExpectedInvoice } from '../../purchases/purchase-preview.rules.ts';
import type { OrderTerms } from './order-terms.ts';

/** How and when a charge is paid: with the line's invoice of which month, due when, once the line is known. */
export function describeBilling(
  { automaticCapture }: Pick<Charge, 'automaticCapture'>,
  terms: OrderTerms,
): string[] {
  const { t, invoices } = terms;
  const [invoice] = invoices ?? [];
  if (!invoice) return [t('order.billed-with-line'), t('order.billed-after-sign-in')];
  const key = automaticCapture ? 'order.billed-on-invoice' : 'order.billed-when-delivered';
  return [t(key, invoiceFacts(invoice, terms))];
}

/** The month of an invoice and its due date as texts show them. */
export function invoiceFacts(
  { period, dueOn }: ExpectedInvoice,
  { format }: Pick<OrderTerms, 'format'>,
): { invoice: string; due: string } {
  return { invoice: format.month(period), due: format.date(dueOn) };
}
