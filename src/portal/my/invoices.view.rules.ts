import type { InvoiceDetails } from '../../purchases/invoice-of-line.queries.ts';
import type { Purchase } from '../../purchases/purchase.queries.ts';
import type { InvoiceList } from '../../purchases/invoices-of-line.queries.ts';
import type { PageView, ViewFrame } from '../kit/define-page.ts';
import {
  purchaseRow,
  rateText,
  type BadgeView,
  type CrumbView,
  type EmptyView,
  type FactView,
  type RowView,
} from './my-parts.rules.ts';
import { invoiceRow } from './overview.view.rules.ts';
import { refundRow } from './refunds.view.rules.ts';

export interface InvoicesView extends PageView {
  readonly lead: string;
  readonly invoices: readonly RowView[];
  readonly empty: EmptyView;
}

export function invoicesView({ invoices, isHolder }: InvoiceList, frame: ViewFrame): InvoicesView {
  const { t } = frame;
  return {
    title: t('my.invoices.title'),
    lead: t(isHolder ? 'my.invoices.lead-holder' : 'my.invoices.lead-person'),
    invoices: invoices.map((invoice) => invoiceRow(invoice, frame)),
    empty: { title: t('my.invoices.empty'), text: t('my.invoices.empty-text') },
  };
}

export interface InvoiceView extends PageView {
  readonly crumbs: readonly CrumbView[];
  readonly badge: BadgeView;
  readonly total: string;
  readonly totalLabel: string;
  /** While the invoice can still grow. */
  readonly provisional: string | undefined;
  readonly facts: readonly FactView[];
  readonly rates: RatesTable;
  readonly items: readonly RowView[];
  readonly itemsTitle: string;
  /** With the first page of items. */
  readonly refunds: readonly RowView[];
  readonly refundsTitle: string;
  readonly pager: { readonly first: string | undefined; readonly next: string | undefined };
  readonly files: readonly { readonly href: string; readonly label: string }[];
}

interface RatesTable {
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly isNumber?: true }[];
  readonly rows: readonly (readonly { readonly text: string }[])[];
}

interface InvoicePage {
  readonly invoice: InvoiceDetails;
  /** Not the first page of items. */
  readonly isLater: boolean;
}

export function invoiceView({ invoice, isLater }: InvoicePage, frame: ViewFrame): InvoiceView {
  const { t, format } = frame;
  const { period, total, items, refunds, next } = invoice;
  const href = `/my/invoices/${period.period}`;
  const row = invoiceRow(invoice, frame);
  return {
    title: row.title,
    crumbs: [{ href: '/my/invoices', label: t('my.invoices.title') }],
    badge: row.badge!,
    total: format.money(total.minor),
    totalLabel: totalLabel(invoice, frame),
    provisional:
      period.state === 'closed'
        ? undefined
        : t('my.invoice.provisional', { date: format.date(period.closesOn) }),
    facts: invoiceFacts(invoice, frame),
    rates: ratesTable(invoice, frame),
    items: items.map((item) => itemRow(item, frame, invoice)),
    itemsTitle: t('my.invoice.items', { count: format.count(total.count - refunds.length) }),
    refunds: isLater ? [] : refunds.map((refund) => refundRow(refund, frame, invoice)),
    refundsTitle: t('my.invoice.refunds', { count: format.count(refunds.length) }),
    pager: {
      first: isLater ? href : undefined,
      next: next === undefined ? undefined : `${href}?after=${next}`,
    },
    files: filesOf(invoice, frame),
  };
}

/** A total below zero is given back with the line bill. */
function totalLabel({ total, isHolder }: InvoiceDetails, { t }: ViewFrame): string {
  if (total.minor < 0n) return t(isHolder ? 'my.invoice.credit' : 'my.invoice.own-credit');
  return t(isHolder ? 'my.invoice.total' : 'my.invoice.own-total');
}

/** Every item of an issued invoice is invoiced: only other states are said. */
function itemRow(item: Purchase, frame: ViewFrame, { isHolder }: InvoiceDetails): RowView {
  const { badge, notes, ...row } = purchaseRow(item, frame, { isHolder });
  const { taxCode, taxRateBps, status, refundState } = item;
  const rate =
    taxRateBps === null
      ? []
      : [frame.t('my.invoice.item-rate', { rate: rateText(taxCode, taxRateBps, frame) })];
  const isPlain = status === 'invoiced' && refundState === 'none';
  return { ...row, notes: [...notes, ...rate], ...(!isPlain && badge && { badge }) };
}

function invoiceFacts(
  { period, number, holder, corrections }: InvoiceDetails,
  { t, format }: ViewFrame,
): FactView[] {
  const days = { from: format.date(period.startsOn), to: format.date(period.closesOn) };
  const newest = corrections.at(-1);
  const replaced = corrections.at(-2)?.number ?? number;
  return [
    ...(holder === null ? [] : [{ label: t('my.invoice.to'), text: t('my.invoice.name', { name: holder }) }]),
    ...(number === null ? [] : [{ label: t('my.invoice.number-label'), text: newest?.number ?? number }]),
    ...(newest === undefined || replaced === null
      ? []
      : [
          {
            label: t('my.invoice.corrected-label'),
            text: t('my.invoice.corrected-text', { date: format.date(newest.correctedOn), number: replaced }),
          },
        ]),
    { label: t('my.invoice.days-label'), text: t('my.invoice.days-text', days) },
    { label: t('my.invoice.issued-on'), text: format.date(period.issueOn) },
    { label: t('my.invoice.due-on'), text: format.date(period.dueOn) },
  ];
}

/** Once it is issued: the invoice itself for the holder, the items for each person. */
function filesOf({ period, number, corrections, isHolder }: InvoiceDetails, { t, can }: ViewFrame) {
  if (period.state !== 'closed') return [];
  const href = `/my/invoices/${period.period}`;
  return [
    ...(isHolder && can('invoices:read') ? [{ href: `${href}/pdf`, label: t('my.invoice.pdf') }] : []),
    ...(isHolder && can('invoices:read')
      ? formerDocuments(number, corrections).map((former) => ({
          href: `${href}/pdf?revision=${former.revision}`,
          label: t('my.invoice.former-pdf', { number: former.number }),
        }))
      : []),
    ...(can('invoice-items:read') ? [{ href: `${href}/csv`, label: t('my.invoice.csv') }] : []),
  ];
}

/** Those that a correction has replaced, the newest first. */
function formerDocuments(number: string | null, corrections: InvoiceDetails['corrections']) {
  if (number === null || corrections.length === 0) return [];
  return [{ number, revision: 1 }, ...corrections.slice(0, -1)].toReversed();
}

/** Totals per rate; tax only for the holder, whose invoice it is rounded on. Suppliers where some are not registered. */
function ratesTable({ rates, isHolder }: InvoiceDetails, { t, format }: ViewFrame): RatesTable {
  const areMixed = rates.some(({ supplier }) => supplier === 'unregistered');
  return {
    caption: t('my.invoice.rates'),
    columns: [
      { label: t('my.column.rate') },
      ...(areMixed ? [{ label: t('my.column.supplier') }] : []),
      { label: t('my.column.total'), isNumber: true },
      ...(isHolder ? [{ label: t('my.column.tax'), isNumber: true as const }] : []),
    ],
    rows: rates.map(({ taxCode, taxRateBps, supplier, totalMinor, taxMinor }) => [
      { text: rateText(taxCode, taxRateBps, { t }) },
      ...(areMixed ? [{ text: supplier === null ? '' : t(`my.supplier.${supplier}`) }] : []),
      { text: format.money(totalMinor) },
      ...(isHolder ? [{ text: format.money(taxMinor) }] : []),
    ]),
  };
}
