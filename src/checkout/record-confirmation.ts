import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Confirmation } from './confirmation.entity.ts';

/** What the page showed, and how the person at it proved themselves and their line. */
export interface ConfirmedOnPage extends Pick<
  Confirmation,
  'issuedId' | 'texts' | 'language' | 'templateVersion' | 'address' | 'provenBy'
> {
  readonly line: { readonly server: string; readonly answer: 'accept'; readonly provenAt: Date };
}

/** A charge, subscription or consent with its buyer. */
export interface Confirmed extends Pick<
  Confirmation,
  'subjectKind' | 'subjectId' | 'companyId' | 'subscriberId' | 'lineId' | 'holderFrom' | 'amountMinor'
> {}

/**
 * Keeps what a person confirmed, in the transaction that executes it; the database admits one row for a subject. Without
 * `page` it does nothing: an agreement on paper is not one on the page.
 */
export async function recordConfirmation(
  tx: InTransaction<Deps>,
  confirmed: Confirmed,
  page: ConfirmedOnPage | undefined,
): Promise<void> {
  if (!page) return;
  const { line, ...shown } = page;
  tx.em.create(Confirmation, {
    id: tx.ids.next(),
    ...confirmed,
    ...shown,
    currency: tx.config.currency,
    aaaServer: line.server,
    aaaAnswer: line.answer,
    lineProvenAt: line.provenAt,
    confirmedAt: tx.clock.now(),
  });
  await tx.em.flush();
}
