import type { LineInvoice } from '../../templates/invoice/invoice.types.ts';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { describeInvoice } from '../invoices/line-invoice-document.ts';
import { getClosedInvoice } from '../invoices/line-invoice.queries.ts';
import { areNamesShownTo, nameForReader } from '../personal-data/personal-data.queries.ts';
import type { Locale } from '../shared/money.ts';

interface InvoiceToShow {
  /** As it was first numbered. */
  readonly number: string;
  readonly revision: number;
  readonly language: Locale;
}

/** Without the address, which is on the document alone. */
export interface InvoiceRecord extends Omit<LineInvoice, 'items' | 'recipient'> {
  /** First day of the tenure. */
  readonly holderFrom: string;
  /** As the reader sees it. */
  readonly holder: string;
  /** Whether the document is refused until the reader has asked to see the personal data of the tenure. */
  readonly isHidden: boolean;
}

/** The figures of a numbered invoice or of one of its corrections. @throws Problem `permission-denied`, `not-found` */
export async function getInvoiceRecord(
  deps: Deps,
  actor: Actor,
  { language, ...key }: InvoiceToShow,
): Promise<InvoiceRecord> {
  // Holders have pages of their own.
  authorize(actor, 'buyers:read');
  const owned = ownedBy(actor, 'invoices:read');
  const invoice = await getClosedInvoice(deps, { actor, owned }, key);
  const { items: _, recipient: __, ...facts } = await describeInvoice(deps, invoice, language);
  const { lineId, holderFrom, holder: name } = invoice;
  return {
    ...facts,
    holderFrom,
    holder: await nameForReader(deps, actor, { lineId, holderFrom, name }),
    isHidden: !(await areNamesShownTo(deps, actor, { lineId, holderFrom })),
  };
}
