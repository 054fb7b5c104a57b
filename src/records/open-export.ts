import { Readable } from 'node:stream';
import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import type { Permission } from '../access/permissions.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isDate } from '../shared/calendar-date.rules.ts';
import { invalidInput } from '../shared/check-input.ts';
import { streamCsv } from '../shared/csv-stream.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import { exportedRows, exportColumns, type ExportKind, type ExportedRow } from './export-rows.queries.ts';

export type { ExportKind } from './export-rows.queries.ts';

export const exportKinds = Object.keys(exportColumns) as readonly ExportKind[];
export const exportFormats = ['csv', 'jsonl'] as const;

/** What of a kind is exported, by business dates, both inclusive. */
export interface ExportChoice {
  readonly kind: ExportKind;
  readonly format: (typeof exportFormats)[number];
  readonly from: string;
  readonly to: string;
}

/** Besides the permission to export, what the rows are. */
const readPermissions = {
  audit: 'audit:read',
  settlements: 'settlements:read',
  payouts: 'payouts:read',
  approvals: 'approvals:read',
} as const satisfies Record<ExportKind, Permission>;

/**
 * Everything of a kind and a range, for auditors, as CSV or as JSON lines; a last line has the count, so that a cut file shows. Rows
 * are read in chunks by key. The export is an audit row before its first byte is sent, and is not in itself.
 * @throws Problem `permission-denied`, `invalid-request`
 */
export async function openExport(
  deps: Deps,
  actor: Actor,
  { kind, format, from, to }: ExportChoice,
): Promise<DownloadedFile> {
  authorize(actor, 'exports:read');
  authorize(actor, readPermissions[kind]);
  if (!isDate(from) || !isDate(to) || from > to)
    throw invalidInput([{ pointer: '/to', message: 'must be a date, the first one or later' }]);
  const audit = {
    actor: actorName(actor),
    action: 'record.export',
    subject: `record:${kind}`,
    facts: { format, from, to },
  };
  const until = await inTransaction(deps, async (tx) => {
    const now = tx.clock.now();
    await recordAudit(tx, audit);
    return now;
  });
  const rows = exportedRows(deps, kind, { from, to, until });
  const filename = `${kind}-${from}-${to}.${format}`;
  if (format === 'jsonl')
    return {
      filename,
      type: 'application/jsonl; charset=utf-8',
      body: Readable.from(writeLines(rows), { objectMode: false }),
    };
  const head = exportColumns[kind];
  return {
    filename,
    type: 'text/csv; charset=utf-8',
    body: streamCsv({
      head,
      rows: cellsOf(rows, head),
      last: (count) => [`count=${count}`],
    }),
  };
}

async function* cellsOf(rows: AsyncIterable<ExportedRow>, head: readonly string[]) {
  for await (const row of rows)
    yield head.map((name) => {
      const value = row[name] ?? null;
      return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    });
}

/** Amounts as text: JSON numbers are not exact for every reader. */
async function* writeLines(rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  let count = 0;
  for await (const row of rows) {
    count += 1;
    yield `${JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}\n`;
  }
  yield `${JSON.stringify({ count })}\n`;
}
