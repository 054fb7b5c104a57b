import type { LineInvoice } from '../../templates/invoice/invoice.types.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { describeInvoice } from '../invoices/line-invoice-document.ts';
import { getClosedInvoice } from '../invoices/line-invoice.queries.ts';
import type { Locale } from '../shared/money.ts';

interface InvoiceToShow {
  /** As it was first numbered. */
  readonly number: string;
  readonly revision: number;
  readonly language: Locale;
}

/** The figures of a numbered invoice or of one of its corrections. @throws Problem `permission-denied`, `not-found` */
export async function getInvoiceRecord(
  deps: Deps,
  actor: Actor,
  { language, ...key }: InvoiceToShow,
): Promise<Omit<LineInvoice, 'items'>> {
  // Holders have pages of their own.
  authorize(actor, 'buyers:read');
  const owned = ownedBy(actor, 'invoices:read');
  const invoice = await getClosedInvoice(deps, { actor, owned }, key);
  const { items: _, ...facts } = await describeInvoice(deps, invoice, language);
  return facts;
}
