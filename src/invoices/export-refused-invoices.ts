import { join } from 'node:path';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { findRefusedInvoices, type RefusedInvoice } from '../collections/refused-invoices.queries.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, writeClosingGroup } from '../shared/calendar.rules.ts';
import { writeDurably } from '../shared/durable-file.ts';
import { streamInvoiceDetails } from './export-invoice-details.ts';

/** A file of invoice details for the carrier once more. */
export interface ExportedAgain {
  readonly path: string;
  readonly checksum: string;
  readonly billingPeriod: string;
  readonly closingGroup: string | number;
  readonly invoiceCount: number;
}

/**
 * Writes the invoice details of the invoices that the carrier refuses once more, for each closing group a file of its own below
 * `collections/outbox` of the files folder: the same rows as in the file of the close, which stays as it is.
 */
export async function exportRefusedInvoices(
  deps: Deps,
  actor: Actor,
  { period }: { readonly period?: string | undefined } = {},
): Promise<readonly ExportedAgain[]> {
  authorize(actor, 'invoices:export');
  const refused = await findRefusedInvoices(deps, period);
  const groups = Map.groupBy(
    refused,
    ({ billingPeriod, closingGroup }) => `${billingPeriod}/${closingGroup}`,
  );
  const exported: ExportedAgain[] = [];
  for (const invoices of groups.values()) exported.push(await exportGroup(deps, actor, invoices));
  return exported;
}

async function exportGroup(
  deps: Deps,
  actor: Actor,
  invoices: readonly RefusedInvoice[],
): Promise<ExportedAgain> {
  const [{ billingPeriod, closingGroup }] = invoices as [RefusedInvoice, ...RefusedInvoice[]];
  const dates = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'closesOn', 'issueOn', 'dueOn', 'invoiceFormat'])
    .where('period', '=', billingPeriod)
    .where('closingGroup', '=', closingGroup)
    .executeTakeFirstOrThrow();
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const path = join(deps.config.filesDir, 'collections', 'outbox', `${today}-${dates.closesOn}.csv`);
  const numbers = new Set(invoices.map(({ number }) => number));
  const checksum = await writeDurably(path, onlyOf(streamInvoiceDetails(deps, dates), numbers));
  const subject = `billing-period:${billingPeriod}/${writeClosingGroup(closingGroup)}`;
  const facts = { path, checksum, invoices: numbers.size };
  await inTransaction(deps, (tx) =>
    recordAudit(tx, { actor: actorName(actor), action: 'books.export-refused', subject, facts }),
  );
  return {
    path,
    checksum,
    billingPeriod,
    closingGroup: writeClosingGroup(closingGroup),
    invoiceCount: numbers.size,
  };
}

/** The heading and the rows of some invoices: the number is in the second column of each row, and no row has a line break. */
async function* onlyOf(pieces: AsyncIterable<string>, numbers: ReadonlySet<string>): AsyncGenerator<string> {
  let isHeading = true;
  for await (const piece of pieces) {
    const lines = piece.split(/(?<=\n)/);
    const kept = lines.filter(
      (line, index) => (isHeading && index === 0) || numbers.has(line.split(',', 2)[1] ?? ''),
    );
    isHeading = false;
    if (kept.length > 0) yield kept.join('');
  }
}
