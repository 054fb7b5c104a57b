import { join } from 'node:path';
import type { Deps } from '../deps.ts';
import { formatCsv } from '../shared/csv.ts';
import { writeDurably } from '../shared/durable-file.ts';
import type { BillingPeriod } from './billing-period.entity.ts';
import { listInvoices, listItems, listTaxes } from './invoice-details.queries.ts';
import { detailColumns, determineDetailRows, type DetailsHead } from './invoice-details.rules.ts';

const INVOICES_PER_READ = 1_000;

export type PeriodDates = Pick<BillingPeriod, 'period' | 'closingGroup' | 'closesOn' | 'issueOn' | 'dueOn'>;

/** Name of a period's invoice details below the folder of files: `invoices/2026-05-31.csv`. */
export function invoiceDetailsPath(
  filesDir: string,
  key: Pick<PeriodDates, 'period' | 'closingGroup'>,
): string {
  return join(filesDir, 'invoices', `${key.period}-${String(key.closingGroup).padStart(2, '0')}.csv`);
}

/**
 * Writes the invoice details of a numbered period for the carrier's billing system; a period without
 * charges has the heading only. The same period gives the same bytes.
 */
export async function exportInvoiceDetails(
  deps: Deps,
  period: PeriodDates,
): Promise<{ path: string; checksum: string }> {
  const path = invoiceDetailsPath(deps.config.filesDir, period);
  return { path, checksum: await writeDurably(path, streamDetails(deps, period)) };
}

/** One page is read while the one before it is put into words: two are in memory at most. */
async function* streamDetails(deps: Deps, period: PeriodDates): AsyncGenerator<string> {
  yield formatCsv([detailColumns]);
  const head = headOf(deps, period);
  for (let page = await readPage(deps, period, ''); page;) {
    const reading = readPage(deps, period, page.lastLine);
    // An error of its own is met where it is awaited, even if formatting fails first.
    reading.catch(() => {});
    yield formatCsv(page.details.flatMap((details) => determineDetailRows(head, details)));
    page = await reading;
  }
}

/** The details of the invoices that follow a line. */
async function readPage(deps: Deps, key: PeriodDates, afterLine: string) {
  const invoices = await listInvoices(deps, { key, afterLine, limit: INVOICES_PER_READ });
  const [first, last] = [invoices[0], invoices.at(-1)];
  if (!first || !last) return undefined;
  const range = { key, firstLine: first.lineId, lastLine: last.lineId };
  const [itemRows, taxRows] = await Promise.all([listItems(deps, range), listTaxes(deps, range)]);
  const items = Map.groupBy(itemRows, (item) => item.lineId);
  const taxes = Map.groupBy(taxRows, (tax) => tax.lineId);
  const details = invoices.map((invoice) => ({
    invoice,
    items: items.get(invoice.lineId) ?? [],
    taxes: taxes.get(invoice.lineId) ?? [],
  }));
  return { details, lastLine: last.lineId };
}

function headOf({ config }: Deps, period: PeriodDates): DetailsHead {
  return {
    billingPeriod: period.period,
    closingDate: period.closesOn,
    issueDate: period.issueOn,
    dueDate: period.dueOn,
    issuer: config.carrier.name,
    issuerRegistrationNumber: config.carrier.registrationNumber,
  };
}
