import type { InvoiceRow, ItemRow, TaxRow } from './invoice-details.queries.ts';

/**
 * Columns of the invoice details, the file from which the carrier's billing system prints the qualified
 * invoice (domain.md section 5). Three kinds of rows, told apart by `record`: `invoice` opens one and bears
 * its issuer, recipient, item count and total; `item` is one supply; `total` is the sum and the tax of one
 * part and rate. The carrier's own supplies are a part of their own that its billing system adds.
 * Amounts are whole minor units with tax included; dates are business dates; flags are 1 or empty.
 */
export const detailColumns = [
  'record',
  'invoice_number',
  'line_id',
  'billing_period',
  'closing_date',
  'issue_date',
  'due_date',
  'holder',
  'item_no',
  'charge_id',
  'supplied_on',
  'company',
  'registration_number',
  'part',
  'service',
  'description',
  'reduced_rate_mark',
  'tax_code',
  'tax_rate_percent',
  'amount',
  'tax',
  'late',
] as const;

type Column = (typeof detailColumns)[number];
type Cell = string | number | bigint | null;
export type DetailRow = readonly Cell[];

/** What all rows of one file have in common. */
export interface DetailsHead {
  readonly billingPeriod: string;
  readonly closingDate: string;
  readonly issueDate: string;
  readonly dueDate: string;
  readonly issuer: string;
  readonly issuerRegistrationNumber: string;
}

export interface InvoiceDetails {
  readonly invoice: InvoiceRow;
  readonly items: readonly ItemRow[];
  readonly taxes: readonly TaxRow[];
}

/** The rows of one invoice. Throws when an item has no recipient: an invoice without one is none. */
export function determineDetailRows(
  head: DetailsHead,
  { invoice, items, taxes }: InvoiceDetails,
): DetailRow[] {
  const common = {
    invoice_number: invoice.number,
    line_id: invoice.lineId,
    billing_period: head.billingPeriod,
    closing_date: head.closingDate,
    issue_date: head.issueDate,
    due_date: head.dueDate,
  };
  // A line that changed hands has one invoice with both holders, and each item names its own.
  const holders = [...new Set(items.map(holderOf))].join(' / ');
  return [
    rowOf({
      ...common,
      record: 'invoice',
      holder: holders,
      item_no: invoice.itemCount,
      company: head.issuer,
      registration_number: head.issuerRegistrationNumber,
      amount: invoice.totalMinor,
    }),
    ...items.map((item, index) => rowOf({ ...common, ...itemCells(item), item_no: index + 1 })),
    ...taxes.map((tax) => rowOf({ ...common, ...taxCells(tax) })),
  ];
}

function itemCells(item: ItemRow): Partial<Record<Column, Cell>> {
  return {
    record: 'item',
    holder: holderOf(item),
    charge_id: item.chargeId,
    supplied_on: item.businessDate,
    company: item.company,
    registration_number: item.part === 'registered' ? item.registrationNumber : null,
    part: item.part,
    service: item.service,
    description: item.description,
    reduced_rate_mark: item.taxCode === 'reduced' ? '※' : null,
    tax_code: item.taxCode,
    tax_rate_percent: item.taxRateBps / 100,
    amount: item.amountMinor,
    late: item.late ? 1 : null,
  };
}

function taxCells(tax: TaxRow): Partial<Record<Column, Cell>> {
  return {
    record: 'total',
    part: tax.part,
    tax_code: tax.taxCode,
    tax_rate_percent: tax.taxRateBps / 100,
    amount: tax.totalMinor,
    tax: tax.taxMinor,
  };
}

function holderOf(item: ItemRow): string {
  if (item.holder === null)
    throw new Error(`the holder of charge ${item.chargeId} on line ${item.lineId} is not known`);
  return item.holder;
}

function rowOf(cells: Partial<Record<Column, Cell>>): DetailRow {
  return detailColumns.map((column) => cells[column] ?? null);
}
