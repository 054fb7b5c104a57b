import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { invoiceDetailsPath } from './export-invoice-details.ts';

/** The file of a period's invoice details as it lies there. */
export interface InvoiceDetailsFile {
  readonly path: string;
  /** In bytes; undefined when it is not there. */
  readonly size: number | undefined;
  readonly writtenAt: Date | undefined;
}

/** Where the invoice details of a period are. @throws Problem `permission-denied` */
export async function describeInvoiceDetails(
  deps: Deps,
  actor: Actor,
  key: PeriodKey,
): Promise<InvoiceDetailsFile> {
  authorize(actor, 'runs:read');
  const path = invoiceDetailsPath(deps.config.filesDir, key);
  const found = await stat(path).catch(asMissing);
  return { path, size: found?.size, writtenAt: found?.mtime };
}

/**
 * The invoice details of a closed period: everybody's purchases, so for those alone who export them.
 * @throws Problem `permission-denied`; `illegal-state` with the reason `invoice-details-lost` when the file is not there
 */
export async function readInvoiceDetails(
  deps: Deps,
  actor: Actor,
  key: PeriodKey,
): Promise<{ readonly name: string; readonly body: Readable }> {
  authorize(actor, 'invoices:export');
  const path = invoiceDetailsPath(deps.config.filesDir, key);
  if (!(await stat(path).catch(asMissing))) {
    const detail = `${path} is not there: the period has not closed, or "invoice-details export" writes it again.`;
    throw new Problem('illegal-state', { detail, facts: { reason: 'invoice-details-lost' } });
  }
  return { name: `invoice-details-${basename(path)}`, body: createReadStream(path) };
}

function asMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
