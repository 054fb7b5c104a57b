import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { requireShown } from '../personal-data/require-shown.ts';
import { invoiceDocument } from '../rendering/printed-document.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import type { Locale } from '../shared/money.ts';
import { describeInvoice } from './line-invoice-document.ts';
import { getClosedInvoice, type InvoiceKey } from './line-invoice.queries.ts';

/**
 * The invoice of a closed period as a PDF, for the holder whose invoice it is and for the carrier's people, who name it by its
 * number. The same invoice gives the same bytes. Other people of the line get their own items by `exportLineInvoiceCsv`.
 * @throws Problem `not-found` for an invoice of another tenure or an open period, `permission-denied`, `personal-data-hidden`,
 *   `service-unavailable`.
 */
export async function renderLineInvoice(
  deps: Deps,
  actor: Actor,
  { language, ...key }: InvoiceKey & { readonly language: Locale },
): Promise<DownloadedFile> {
  const owned = ownedBy(actor, 'invoices:read');
  const invoice = await getClosedInvoice(deps, { actor, owned }, key);
  await requireShown(deps, actor, invoice);
  const document = invoiceDocument(await describeInvoice(deps, invoice, language));
  return {
    filename: `invoice-${invoice.number}.pdf`,
    type: 'application/pdf',
    body: await deps.documents.spool(document),
  };
}
