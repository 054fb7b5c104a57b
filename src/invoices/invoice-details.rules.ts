import { publicIdPrefix } from '../shared/public-id.rules.ts';
import { percentOf } from '../shared/average.rules.ts';
import { quoteCsv } from '../shared/csv.ts';
import type { HolderRow, InvoiceFormat, InvoiceRow, ItemRow, TaxRow } from './invoice-details.queries.ts';
import type { Sellers } from './keep-parties.ts';

/**
 * Columns of the invoice details, the file from which the carrier's billing system prints the qualified
 * invoice (domain.md section 5). An invoice belongs to a tenure, `line_id` and `holder_from`: a line that changed hands
 * in the period has two. There are three kinds of rows, distinguished by `record`: `invoice` opens one and has
 * its issuer, recipient, item count and total; `item` is one supply; `total` is the sum and the tax of one
 * supplier status (column `part`) and rate. The carrier's billing system adds its own supplies.
 * Amounts are whole minor units with tax included; dates are business dates; flags are 1 or empty.
 *
 * A refund is an item with a negative amount: `item_kind` is `refund`, `supplied_on` the day of the return, `charge_id` the
 * charge it gives back, whose day and billing period are `original_supplied_on` and `original_period`. `balance` of an
 * `invoice` row says what its total is: `due` from the holder; `credit`, negative, which the carrier credits; or `zero`.
 */
export const detailColumns = [
  'record',
  'invoice_number',
  'line_id',
  'holder_from',
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
  'item_kind',
  'refund_id',
  'original_supplied_on',
  'original_period',
  'balance',
] as const;

/** Columns that earlier formats do not have. */
const since4 = new Set<string>(detailColumns.slice(detailColumns.indexOf('item_kind')));

/**
 * The columns of a format. Format 1, of periods whose invoices were numbered before tenures had their own, has no
 * `holder_from`; a line that changed hands has one invoice in it, with both holders. Up to format 2, of periods that were
 * opened before, `charge_id` is without its prefix. Up to format 3, layout 1 of the settings, the columns end with `late`.
 */
export function columnsOf(format: InvoiceFormat): readonly string[] {
  return detailColumns.filter(
    (column) => !(format === 1 && column === 'holder_from') && !(format < 4 && since4.has(column)),
  );
}

/** What all rows of one file have in common. */
export interface DetailsHead {
  readonly format: InvoiceFormat;
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
  /** Of the line, whenever they held it. */
  readonly holders: readonly HolderRow[];
}

/**
 * One invoice in CSV. Rows are concatenated as text, in the order of `detailColumns`: with a CSV library
 * a close of a million lines would take minutes longer.
 * Throws when an item has no recipient or no supplier, because an invoice needs both.
 */
export function formatDetails(
  head: DetailsHead,
  sellers: Sellers,
  { invoice, items, taxes, holders }: InvoiceDetails,
): string {
  const period = `${head.billingPeriod},${head.closingDate},${head.issueDate},${head.dueDate}`;
  const tenure = head.format === 1 ? '' : `${invoice.holderFrom},`;
  const common = `${invoice.number},${quoteCsv(invoice.lineId)},${tenure}${period}`;
  const chargePrefix = head.format < 3 ? '' : `${publicIdPrefix('charge')}_`;
  const recipients = new Set<string>();
  let [supplies, number] = ['', 0];
  for (const item of inOrderOfSupply(items)) {
    const kept = item.boughtBy === invoice.holderFrom ? invoice.holder : undefined;
    const holder = kept ?? holderOf(item, holders);
    recipients.add(holder);
    supplies += `item,${common},${quoteCsv(holder)},${(number += 1)},${formatItem(item, sellers, chargePrefix)}`;
    supplies += head.format < 4 ? '\n' : `,${formatOriginal(item)},\n`;
  }
  // In format 1 a line that changed hands has one invoice with both holders, and each item names its own.
  const recipient = quoteCsv([...recipients].join(' / '));
  const issuer = `${quoteCsv(head.issuer)},${quoteCsv(head.issuerRegistrationNumber)}`;
  const opening = `invoice,${common},${recipient},${invoice.itemCount},,,${issuer},,,,,,,${invoice.totalMinor},,${head.format < 4 ? '' : `,,,,,${balanceOf(invoice)}`}\n`;
  const endOfTotal = head.format < 4 ? '\n' : ',,,,,\n';
  const totals = taxes.map((tax) => `total,${common},,,,,,,${formatTax(tax)}${endOfTotal}`).join('');
  return opening + supplies + totals;
}

/** The columns after `item_no`. */
function formatItem(item: ItemRow, { companies, services }: Sellers, chargePrefix: string): string {
  const { chargeId, part, taxCode } = item;
  const [company, service] = [companies.get(item.companyId), services.get(item.serviceId)];
  if (company === undefined || service === undefined)
    throw new Error(`the supplier of charge ${chargeId} on line ${item.lineId} is not known`);
  const registered = part === 'registered' ? quoteCsv(company.registrationNumber ?? '') : '';
  return (
    `${chargePrefix}${chargeId},${item.businessDate},${quoteCsv(company.name)},${registered},${part},${quoteCsv(service)},` +
    `${quoteCsv(item.description)},${taxCode === 'reduced' ? '※' : ''},${taxCode},${percentOf(item.taxRateBps)},` +
    `${item.amountMinor},,${item.late ? '1' : ''}`
  );
}

/** The columns from `part` on. */
function formatTax({ part, taxCode, taxRateBps, totalMinor, taxMinor }: TaxRow): string {
  return `${part},,,,${taxCode},${percentOf(taxRateBps)},${totalMinor},${taxMinor},`;
}

/** The columns from `item_kind` through `original_period`. */
function formatOriginal({ kind, refundId, suppliedOn, chargePeriod }: ItemRow): string {
  if (refundId === '') return `${kind},,,`;
  return `${kind},${publicIdPrefix('refund')}_${refundId},${suppliedOn},${chargePeriod}`;
}

function balanceOf({ totalMinor }: InvoiceRow): 'due' | 'credit' | 'zero' {
  const total = BigInt(totalMinor);
  return total > 0n ? 'due' : total < 0n ? 'credit' : 'zero';
}

/** By holder, by date, by charge, by refund. Identifiers and dates are ASCII, so their code units compare as the database does. */
function inOrderOfSupply(items: readonly ItemRow[]): readonly ItemRow[] {
  return items.every((item, index) => index === 0 || compareSupply(items[index - 1]!, item) <= 0)
    ? items
    : items.toSorted(compareSupply);
}

function compareSupply(a: ItemRow, b: ItemRow): number {
  return (
    compareText(a.boughtBy, b.boughtBy) ||
    compareText(a.businessDate, b.businessDate) ||
    compareText(a.chargeId, b.chargeId) ||
    compareText(a.refundId, b.refundId)
  );
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function holderOf({ chargeId, lineId, boughtBy }: ItemRow, holders: readonly HolderRow[]): string {
  const holder = holders.find(({ validFrom }) => validFrom === boughtBy)?.holder;
  if (holder === undefined)
    throw new Error(`the holder of charge ${chargeId} on line ${lineId} is not known`);
  return holder;
}
