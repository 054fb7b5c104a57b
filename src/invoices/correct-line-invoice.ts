import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { writeDocumentFile } from '../rendering/deliver-document.ts';
import { invoiceDocument } from '../rendering/printed-document.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { includedTax } from '../shared/tax.rules.ts';
import type { InvoiceCorrectionContent } from './corrected-parties.ts';
import { findFirstNumber, listKeptParties, listPartiesNow } from './invoice-correction.queries.ts';
import { addressesNow, describeInvoice } from './line-invoice-document.ts';
import { countItems } from './line-invoice-items.queries.ts';
import { getInvoiceByNumber, type FoundInvoice } from './line-invoice.queries.ts';

export interface CorrectLineInvoice {
  /** Any number of the invoice: the first one, or that of a correction. */
  readonly number: string;
  /** For the record. */
  readonly reason: string;
}

/** Where corrected invoices and those they replace are filed, in Japanese. */
export function correctedInvoicesDir(filesDir: string): string {
  return join(filesDir, 'invoices', 'corrected');
}

/** The name of the file of an invoice, by its own number. */
export const correctedInvoiceName = (number: string): string => `${number}.pdf`;

/**
 * Replaces a line invoice by one that names the holder, the companies with their registrations and the services as they are known
 * now to have been when the period closed. It refers to the one before it, and both are kept and filed. No item and no total changes:
 * what a registration moves between the parts of the qualified invoice is taxed as there, once for each rate. Two at once: the second
 * finds nothing to correct.
 * @throws Problem `not-found`, `permission-denied`, `illegal-state` when nothing differs.
 */
export async function correctLineInvoice(
  deps: Deps,
  actor: Actor,
  { number, reason }: CorrectLineInvoice,
): Promise<{ readonly number: string; readonly path: string; readonly checksum: string }> {
  authorize(actor, 'invoices:correct');
  const dir = correctedInvoicesDir(deps.config.filesDir);
  await mkdir(dir, { recursive: true });
  return await inTransaction(deps, async (tx) => {
    const invoiceNumber = await findFirstNumber(tx, number);
    await lockInvoice(tx, invoiceNumber);
    const issued = await getInvoiceByNumber(tx, invoiceNumber);
    const content = await correctContent(tx, issued);
    if (!(await isChanged(tx, issued, content))) {
      const detail = `${issued.number} names its holder, companies and services as they were when its period closed. Correct them with the line master, "company edit" or "service edit" first, valid from that date.`;
      throw new Problem('illegal-state', { detail });
    }
    const corrected = { ...issued, ...next(tx, issued), holder: content.holder, correction: content };
    // A correction was filed when it was issued, with the checksum of its record: it stays as it is.
    if (issued.revision === 1) await fileDocument(tx, dir, issued);
    const { path, checksum } = await fileDocument(tx, dir, corrected);
    await store(tx, { by: actorName(actor), corrected, content, reason, checksum });
    return { number: corrected.number, path, checksum };
  });
}

/** Numbered invoices do not change: the lock only puts corrections one after another. */
async function lockInvoice(tx: InTransaction<Deps>, number: string): Promise<void> {
  const row = await sqlOf(tx.em)
    .selectFrom('line_invoice')
    .select('number')
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('not-found', { detail: `There is no invoice ${number}.` });
}

function next(tx: InTransaction<Deps>, issued: FoundInvoice) {
  const revision = issued.revision + 1;
  return {
    revision,
    number: `${issued.firstNumber}-${revision}`,
    issueOn: businessDateOf(tx.clock.now(), tx.config.timeZone),
    replaces: { number: issued.number, issueDate: issued.issueOn },
  };
}

/** What the invoice should say, from what is known now. */
async function correctContent(
  tx: InTransaction<Deps>,
  issued: FoundInvoice,
): Promise<InvoiceCorrectionContent> {
  const holder = issued.currentHolder ?? issued.holder;
  const parties = await listPartiesNow(tx, issued, issued.closesOn);
  const counts = await countItems(tx, { ...issued, correction: { parties } });
  const taxes = counts.map(({ part, taxCode, taxRateBps, totalMinor }) => ({
    part,
    taxCode,
    taxRateBps,
    totalMinor: String(totalMinor),
    taxMinor: String(includedTax(totalMinor, taxRateBps)),
  }));
  return { holder, parties, taxes, addresses: addressesNow(tx, issued) };
}

async function isChanged(
  tx: InTransaction<Deps>,
  issued: FoundInvoice,
  { holder, parties }: InvoiceCorrectionContent,
): Promise<boolean> {
  const before = issued.correction?.parties ?? (await listKeptParties(tx, issued));
  return holder !== issued.holder || !isDeepStrictEqual(parties, before);
}

async function fileDocument(tx: InTransaction<Deps>, dir: string, invoice: FoundInvoice) {
  const name = correctedInvoiceName(invoice.number);
  const document = invoiceDocument(await describeInvoice(tx, invoice, 'ja'));
  const { checksum } = await writeDocumentFile(document, { dir, name });
  return { path: join(dir, name), checksum };
}

interface Correction {
  readonly by: string;
  readonly corrected: FoundInvoice;
  readonly content: InvoiceCorrectionContent;
  readonly reason: string;
  readonly checksum: string;
}

async function store(tx: InTransaction<Deps>, correction: Correction): Promise<void> {
  const { by, corrected, content, reason, checksum } = correction;
  const { number, firstNumber, revision, issueOn } = corrected;
  await sqlOf(tx.em)
    .insertInto('invoice_correction')
    .values({
      number,
      invoiceNumber: firstNumber,
      revision,
      correctedOn: issueOn,
      reason,
      content,
      checksum,
      correctedBy: by,
      createdAt: tx.clock.now(),
    })
    .execute();
  await recordAudit(tx, {
    actor: by,
    action: 'line-invoice.correct',
    subject: `line-invoice:${firstNumber}`,
    facts: { number, reason, checksum },
    changed: { table: 'invoice_correction', key: [number] },
  });
}
