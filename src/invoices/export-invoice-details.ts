import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import { periodRange } from '../shared/calendar.rules.ts';
import { formatCsv } from '../shared/csv.ts';
import { removeUnfinished, writeDurably } from '../shared/durable-file.ts';
import { prefetch } from '../shared/prefetch.ts';
import type { BillingPeriod } from '../billing-periods/billing-period.entity.ts';
import { tenureKey } from '../limits/line-spending.ts';
import {
  listHolders,
  listInvoices,
  listItems,
  listTaxes,
  type InvoiceFormat,
} from './invoice-details.queries.ts';
import { columnsOf, formatDetails, type DetailsHead, type InvoiceDetails } from './invoice-details.rules.ts';
import { listParties } from './keep-parties.ts';
import { streamInvoiceRanges, type LineRange } from './invoice-ranges.ts';

interface Issuer {
  readonly name: string;
  readonly registrationNumber: string | null;
}

/** Few enough that rows and text of a read are forgotten before the garbage collector has to keep them. */
const INVOICES_PER_READ = 250;

/** Between two writes others get a turn: a millisecond of formatting. */
const INVOICES_PER_WRITE = 50;

export type PeriodDates = Pick<
  BillingPeriod,
  'period' | 'closingGroup' | 'closesOn' | 'issueOn' | 'dueOn' | 'invoiceFormat'
>;

/**
 * Name of a period's invoice details below the folder of files, by the day it closed, which no two have in common:
 * `invoices/2026-06-05.csv` for 2026-05 of the group of the 5th.
 */
export function invoiceDetailsPath(
  filesDir: string,
  key: Pick<PeriodDates, 'period' | 'closingGroup'>,
): string {
  const { closesOn } = periodRange(key.period, key.closingGroup);
  return join(filesDir, 'invoices', `${closesOn}.csv`);
}

/**
 * Writes the invoice details of a period for the carrier's billing system, from ranges of numbered invoices in
 * the order of their lines; a period without charges has the heading only. The same period gives the same
 * bytes, however it is cut. If the ranges end with an error, there is no file.
 */
export async function exportInvoiceDetails(
  deps: Deps,
  period: PeriodDates,
  numbered: AsyncIterable<LineRange>,
): Promise<{ path: string; checksum: string }> {
  const path = invoiceDetailsPath(deps.config.filesDir, period);
  await removeUnfinished(path);
  return { path, checksum: await writeDurably(path, streamInvoiceDetails(deps, period, numbered)) };
}

/**
 * The text of a period's invoice details. One read is put into words while the next is made and the range after it is
 * numbered: two reads in memory at most.
 */
export async function* streamInvoiceDetails(
  deps: Deps,
  period: PeriodDates,
  numbered: AsyncIterable<LineRange>,
): AsyncGenerator<string> {
  yield formatCsv([columnsOf(period.invoiceFormat)]);
  const { issuer, ...sellers } = await listParties(deps, period);
  const head = headOf(period, issuer ?? deps.config.carrier);
  for await (const details of prefetch(readDetails(deps, period.invoiceFormat, prefetch(numbered)))) {
    for (let from = 0; from < details.length; from += INVOICES_PER_WRITE) {
      const some = details.slice(from, from + INVOICES_PER_WRITE);
      yield some.map((invoice) => formatDetails(head, sellers, invoice)).join('');
    }
  }
}

async function* readDetails(
  deps: Deps,
  format: InvoiceFormat,
  ranges: AsyncIterable<LineRange>,
): AsyncGenerator<InvoiceDetails[]> {
  for await (const range of inPages(deps, ranges)) {
    const [invoices, ...belongings] = await Promise.all([
      listInvoices(deps, range),
      listItems(deps, range, format),
      listTaxes(deps, range),
      listHolders(deps, range, format),
    ]);
    const [items, taxes] = [byKey(belongings[0], tenureKey), byKey(belongings[1], tenureKey)];
    const holders = byKey(belongings[2], ({ lineId }) => lineId);
    yield invoices.map((invoice) => ({
      invoice,
      items: items.get(tenureKey(invoice)) ?? [],
      taxes: taxes.get(tenureKey(invoice)) ?? [],
      holders: holders.get(invoice.lineId) ?? [],
    }));
  }
}

async function* inPages(deps: Deps, ranges: AsyncIterable<LineRange>): AsyncGenerator<LineRange> {
  for await (const range of ranges) yield* streamInvoiceRanges(deps, range, INVOICES_PER_READ);
}

/** Rows that come in the order of their keys: `Map.groupBy` takes ten times as long over them. */
function byKey<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  let [group, groupKey]: [T[], string | undefined] = [[], undefined];
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== groupKey) groups.set(key, (group = []));
    groupKey = key;
    group.push(row);
  }
  return groups;
}

function headOf(period: PeriodDates, issuer: Issuer): DetailsHead {
  return {
    format: period.invoiceFormat,
    billingPeriod: period.period,
    closingDate: period.closesOn,
    issueDate: period.issueOn,
    dueDate: period.dueOn,
    issuer: issuer.name,
    issuerRegistrationNumber: issuer.registrationNumber ?? '',
  };
}
