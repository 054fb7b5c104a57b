import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { requireShown } from '../personal-data/require-shown.ts';
import type { Cell } from '../shared/csv.ts';
import { streamCsv } from '../shared/csv-stream.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import type { Locale } from '../shared/money.ts';
import { csvHead, csvLast, csvRow } from './line-invoice-csv.rules.ts';
import { findIssuer } from './line-invoice-document.ts';
import { streamInvoiceItems } from './line-invoice-items.queries.ts';
import { getClosedInvoice, type InvoiceKey } from './line-invoice.queries.ts';

/**
 * The items of an invoice of a closed period as CSV: all of them for the holder and the carrier's people, for another person
 * of the line those that this person bought. Streamed; the last line has the number of items.
 * @throws Problem `not-found` for an invoice of another tenure or an open period, `permission-denied`, `personal-data-hidden`.
 */
export async function exportLineInvoiceCsv(
  deps: Deps,
  actor: Actor,
  { language, ...key }: InvoiceKey & { readonly language: Locale },
): Promise<DownloadedFile> {
  const owned = ownedBy(actor, 'invoice-items:read');
  const invoice = await getClosedInvoice(deps, { actor, owned }, key);
  // It says who bought.
  await requireShown(deps, actor, invoice);
  const { registrationNumber: issuerNumber } = await findIssuer(deps, invoice);
  const { subscriberId } = owned.rows;
  const items = streamInvoiceItems(deps, invoice, { issuerNumber, subscriberId });
  let totalMinor = 0n;
  async function* rows(): AsyncGenerator<readonly Cell[]> {
    for await (const item of items) {
      totalMinor += item.amountMinor;
      yield csvRow(invoice, item, language);
    }
  }
  return {
    filename: `invoice-${invoice.number}.csv`,
    type: 'text/csv; charset=utf-8',
    body: streamCsv({
      head: csvHead(language),
      rows: rows(),
      last: (count) => csvLast({ count, totalMinor }, language),
    }),
  };
}
