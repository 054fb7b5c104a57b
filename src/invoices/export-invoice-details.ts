import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import { periodRange } from '../shared/calendar.rules.ts';
import { formatCsv } from '../shared/csv.ts';
import { removeUnfinished, writeDurably } from '../shared/durable-file.ts';
import { prefetch } from '../shared/prefetch.ts';
import type { BillingPeriod } from '../billing-periods/billing-period.entity.ts';
import { tenureKey } from '../limits/line-spending.ts';
import { listHolders, listInvoices, listItems, listTaxes } from './invoice-details.queries.ts';
import { columnsOf, formatDetails, type DetailsHead, type InvoiceDetails } from './invoice-details.rules.ts';
import { listParties } from './keep-parties.ts';
import { ALL_LINES } from './charge-range.queries.ts';
import { streamInvoiceBatches } from './invoice-batches.queries.ts';

interface Issuer {
  readonly name: string;
  readonly registrationNumber: string | null;
}

/** Few enough that the rows and text of a read die young and cost the garbage collector nothing. */
const LINES_PER_READ = 250;

/** About a millisecond of formatting; the event loop is free between two writes. */
const INVOICES_PER_WRITE = 50;

export type PeriodDates = Pick<
  BillingPeriod,
  'period' | 'closingGroup' | 'closesOn' | 'issueOn' | 'dueOn' | 'invoiceFormat'
>;

/**
 * Path of a period's invoice details below `FILES_DIR`, named by its closing date, which is unique to the period:
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
 * Writes the invoice details of a period for the carrier's billing system, from its numbered invoices in
 * the order of their lines; a period without charges has the heading only. The same period gives the same bytes.
 */
export async function exportInvoiceDetails(
  deps: Deps,
  period: PeriodDates,
): Promise<{ path: string; checksum: string }> {
  const path = invoiceDetailsPath(deps.config.filesDir, period);
  await removeUnfinished(path);
  return { path, checksum: await writeDurably(path, streamInvoiceDetails(deps, period)) };
}

/** The text of a period's invoice details. Formats one read while the next is made: two reads in memory at most. */
export async function* streamInvoiceDetails(deps: Deps, period: PeriodDates): AsyncGenerator<string> {
  yield formatCsv([columnsOf(period.invoiceFormat)]);
  const { issuer, ...sellers } = await listParties(deps, period);
  const head = headOf(period, issuer ?? deps.config.carrier);
  for await (const details of prefetch(readDetails(deps, period))) {
    for (let from = 0; from < details.length; from += INVOICES_PER_WRITE) {
      const some = details.slice(from, from + INVOICES_PER_WRITE);
      yield some.map((invoice) => formatDetails(head, sellers, invoice)).join('');
    }
  }
}

async function* readDetails(
  deps: Deps,
  { period, closingGroup, invoiceFormat }: PeriodDates,
): AsyncGenerator<InvoiceDetails[]> {
  const all = { period, closingGroup, ...ALL_LINES };
  for await (const batch of prefetch(streamInvoiceBatches(deps, all, LINES_PER_READ))) {
    const [invoices, ...belongings] = await Promise.all([
      listInvoices(deps, batch),
      listItems(deps, batch, invoiceFormat),
      listTaxes(deps, batch),
      listHolders(deps, batch, invoiceFormat),
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

/** Groups rows that are sorted by their keys, in a tenth of the time of `Map.groupBy`. */
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
