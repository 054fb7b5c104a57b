import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { writeDocumentFile } from '../rendering/deliver-document.ts';
import { invoiceDocument } from '../rendering/printed-document.ts';
import { Problem } from '../shared/problem.ts';
import { correctedInvoiceName, correctedInvoicesDir } from './correct-line-invoice.ts';
import { describeInvoice } from './line-invoice-document.ts';
import { getInvoiceByNumber } from './line-invoice.queries.ts';

/**
 * Writes a corrected invoice again from its record, for a file that was lost or damaged. The bytes are compared with the checksum of
 * its issue before they replace the file; different bytes change nothing.
 * @throws Problem `permission-denied`, `not-found` for a number that is of no correction, `invariant-broken` when the bytes differ.
 */
export async function exportCorrectedInvoice(
  deps: Deps,
  actor: Actor,
  { number }: { readonly number: string },
): Promise<{ readonly number: string; readonly path: string; readonly checksum: string }> {
  authorize(actor, 'invoices:correct');
  const correction = await sqlOf(emOf(deps))
    .selectFrom('invoice_correction')
    .select(['invoiceNumber', 'revision', 'checksum'])
    .where('number', '=', number)
    .executeTakeFirst();
  if (!correction) {
    const detail = `${number} is the number of no corrected invoice: that of a correction ends with its revision, such as ${number}-2.`;
    throw new Problem('not-found', { detail });
  }
  const dir = correctedInvoicesDir(deps.config.filesDir);
  const name = correctedInvoiceName(number);
  const invoice = await getInvoiceByNumber(deps, correction.invoiceNumber, correction.revision);
  const document = invoiceDocument(await describeInvoice(deps, invoice, 'ja'));
  await mkdir(dir, { recursive: true });
  const { checksum } = await writeDocumentFile(document, { dir, name, expected: correction.checksum });
  const facts = { number, path: join(dir, name), checksum };
  await inTransaction(deps, (tx) =>
    recordAudit(tx, {
      actor: actorName(actor),
      action: 'line-invoice.export',
      subject: `line-invoice:${correction.invoiceNumber}`,
      facts,
    }),
  );
  return facts;
}
