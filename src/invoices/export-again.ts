import { createHash } from 'node:crypto';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { writeDurably } from '../shared/durable-file.ts';
import { writeClosingGroup } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { invoiceDetailsPath, streamInvoiceDetails, type PeriodDates } from './export-invoice-details.ts';

/**
 * Writes the invoice details of a closed period again, for a file that was lost or damaged. The bytes are compared with the
 * checksum of the close before they replace the file; different bytes change nothing, because the existing file may be the
 * one that the carrier was sent. Leaves unfinished files alone: another process may be writing them.
 * @throws Problem `illegal-state` for a period that is not closed, `invariant-broken` when the bytes differ.
 */
export async function exportAgain(
  deps: Deps,
  actor: Actor,
  key: PeriodKey,
): Promise<{ path: string; checksum: string }> {
  authorize(actor, 'invoices:export');
  const period = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'state', 'closesOn', 'issueOn', 'dueOn', 'invoiceFormat', 'checksum'])
    .where('period', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .executeTakeFirst();
  const name = `${key.period}/${writeClosingGroup(key.closingGroup)}`;
  if (period?.state !== 'closed') throw new Problem('illegal-state', { detail: `${name} has not closed.` });
  const path = invoiceDetailsPath(deps.config.filesDir, key);
  const pieces = streamInvoiceDetails(deps, period);
  const checksum = await writeDurably(path, pieces, (written) => {
    if (written !== period.checksum) throw differs({ name, path });
  });
  const subject = `billing-period:${name}`;
  const facts = { path, checksum };
  await inTransaction(deps, (tx) =>
    recordAudit(tx, { actor: actorName(actor), action: 'books.export', subject, facts }),
  );
  return facts;
}

/** The SHA-256 of the invoice details of a closed period, recomputed without writing a file. */
export async function hashDetails(deps: Deps, period: PeriodDates): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of streamInvoiceDetails(deps, period)) hash.update(piece);
  return hash.digest('hex');
}

function differs({ name, path }: { name: string; path: string }): Problem {
  const detail =
    `${name} would not be what it was closed with, so nothing was written and ${path} is as it was; ` +
    'see npm run admin -- verify.';
  return new Problem('invariant-broken', { detail });
}
