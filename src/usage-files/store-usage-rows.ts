import { Buffer } from 'node:buffer';
import { insertRows } from '../database/rows.ts';
import { queryRows, runStatement } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { readUsageRows, UnreadableFile, type ReadRow } from './read-usage-rows.ts';
import { CHUNK_ROWS, onFile, type FileClaim } from './usage-file-step.ts';
import { isFault } from './usage-row.rules.ts';

/**
 * Reads the rows of a file that was received into its table, some thousand in a transaction. Taken up again, it reads the bytes from the
 * beginning and stores the rows that are not there yet.
 */
export async function storeUsageRows(
  deps: Deps,
  claim: FileClaim,
  { createdAt, stopping }: { readonly createdAt: Date; readonly stopping?: AbortSignal | undefined },
): Promise<void> {
  try {
    // By the time of the upload, so that a row means the same when it is read again.
    for await (const rows of readUsageRows(piecesOf(deps, claim.fileId), createdAt)) {
      if (stopping?.aborted) return;
      // A block of very short lines has more rows than one statement can carry.
      for (let from = 0; from < rows.length; from += CHUNK_ROWS)
        await store(deps, claim, rows.slice(from, from + CHUNK_ROWS));
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const refusal = { code: 'unreadable', detail: `The file cannot be read: ${error.message}.` } as const;
    await onFile(deps, claim, async (tx) => {
      await queryRows(tx.em, 'DELETE FROM usage_file_piece WHERE file_id = ?', [claim.fileId]);
      return { state: 'refused', refusal };
    });
    return;
  }
  await onFile(deps, claim, async (tx, { isPartial, readCount }) => {
    await queryRows(tx.em, 'DELETE FROM usage_file_piece WHERE file_id = ?', [claim.fileId]);
    return { state: isPartial ? 'charging' : 'checking', throughRow: 0, rowCount: readCount };
  });
}

async function store(deps: Deps, claim: FileClaim, rows: readonly ReadRow[]): Promise<void> {
  await onFile(deps, claim, async (tx, file) => {
    const added = rows.filter(({ number }) => number > file.throughRow);
    await runStatement(
      tx.em,
      insertRows(
        'usage_file_row',
        added.map((row) => columnsOf(file.id, row)),
      ),
    );
    const refused = added.filter(({ use }) => isFault(use)).length;
    return { throughRow: added.at(-1)?.number, read: added.length, refused };
  });
}

function columnsOf(fileId: string, { number, use, reference }: ReadRow) {
  const empty = { consentId: null, amountMinor: null, taxCode: null, description: null };
  const row = isFault(use)
    ? { ...empty, itemKey: null, occurredAt: null, problemCode: use.code, problemText: use.text }
    : {
        consentId: use.consentId,
        amountMinor: use.amountMinor,
        taxCode: use.taxCode,
        description: use.description,
        itemKey: use.itemKey ?? null,
        occurredAt: use.occurredAt ?? null,
        problemCode: null,
        problemText: null,
      };
  return {
    fileId,
    number,
    outcome: isFault(use) ? ('refused' as const) : ('read' as const),
    ...row,
    reference,
  };
}

async function* piecesOf(deps: Deps, fileId: string): AsyncGenerator<Buffer> {
  for (let number = 1; ; number += 1) {
    const [piece] = await queryRows<{ bytes: Buffer }>(
      emOf(deps),
      'SELECT bytes FROM usage_file_piece WHERE file_id = ? AND number = ?',
      [fileId, number],
    );
    if (!piece) return;
    yield piece.bytes;
  }
}
