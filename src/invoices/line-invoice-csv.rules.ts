import { isRefund } from '../../templates/invoice/invoice.rules.ts';
import type { InvoicePart } from '../../templates/invoice/invoice.types.ts';
import type { Cell } from '../shared/csv.ts';
import type { Locale } from '../shared/money.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { percentOf } from '../shared/average.rules.ts';
import type { ListedItem } from './line-invoice-items.queries.ts';
import type { FoundInvoice } from './line-invoice.queries.ts';

const heads = {
  ja: [
    '請求書番号',
    'ご請求月',
    'ご利用日',
    '会社名',
    '登録番号',
    '区分',
    'サービス',
    'ご利用内容',
    '軽減税率',
    '税率（%）',
    '金額（税込）',
    'ご利用者',
    '購入番号',
    '種別',
    'ご返金日',
    '返金番号',
    '元のご請求月',
  ],
  en: [
    'Invoice no.',
    'Billing period',
    'Date',
    'Company',
    'Registration no.',
    'Supplies',
    'Service',
    'Item',
    'Reduced rate',
    'Tax rate, %',
    'Amount incl. tax',
    'Bought by',
    'Purchase no.',
    'Kind',
    'Refunded on',
    'Refund no.',
    'Original billing period',
  ],
} as const satisfies Record<Locale, readonly string[]>;

const parts: Record<Locale, Record<InvoicePart, string>> = {
  ja: { own: '当社', registered: '適格請求書の対象', unregistered: '適格請求書の対象外' },
  en: { own: 'Carrier', registered: 'Qualified invoice', unregistered: 'Not on the qualified invoice' },
};

const kinds = {
  ja: { purchase: 'ご利用', refund: 'ご返金' },
  en: { purchase: 'Purchase', refund: 'Refund' },
} as const satisfies Record<Locale, Readonly<Record<string, string>>>;

/** Column where the last line has the sum. */
const AMOUNT = heads.ja.indexOf('金額（税込）');

export function csvHead(language: Locale): readonly string[] {
  return heads[language];
}

/**
 * One item; amounts are whole minor units, dates ISO. A refund is a negative amount with the date and number of the purchase
 * that it gives back, and the period in which that was invoiced.
 */
export function csvRow(
  invoice: Pick<FoundInvoice, 'number' | 'billingPeriod'>,
  item: ListedItem,
  language: Locale,
): readonly Cell[] {
  return [
    invoice.number,
    invoice.billingPeriod,
    item.originalSuppliedOn ?? item.suppliedOn,
    item.company,
    item.part === 'unregistered' ? null : item.registrationNumber,
    parts[language][item.part],
    item.service,
    item.description,
    item.taxCode === 'reduced' ? '※' : null,
    percentOf(item.taxRateBps),
    item.amountMinor,
    item.boughtBy,
    publicId('charge', item.chargeId),
    ...refundCells(item, language),
  ];
}

function refundCells(item: ListedItem, language: Locale): readonly Cell[] {
  if (!isRefund(item)) return [kinds[language].purchase, null, null, null];
  return [kinds[language].refund, item.suppliedOn, publicId('refund', item.refundId), item.originalPeriod];
}

/** The last line: how many items there are, and their sum, so that a file that broke off is noticed. */
export function csvLast(
  { count, totalMinor }: { readonly count: number; readonly totalMinor: bigint },
  language: Locale,
): readonly Cell[] {
  const cells: Cell[] = heads[language].map(() => null);
  cells[0] = language === 'ja' ? `合計 ${count}件` : `Total of ${count} items`;
  cells[AMOUNT] = totalMinor;
  return cells;
}
