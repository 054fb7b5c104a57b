import type { Tenure } from '../lines/tenure.ts';
import { queryRows, runPipeline } from '../database/statement-pipeline.ts';
import { nothingToWrite, writeStatement, type Statement } from '../database/statement.ts';
import { insertRows } from '../database/rows.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { insertLineDelta } from '../lines/record-line-changes.ts';
import { shortenAuthorizationsOfLines } from '../lines/shorten-authorizations.ts';
import { claimTelephones, type ClaimedLines } from './claim-telephones.ts';
import type { LineRow } from './line-row.rules.ts';
import type { RowOutcome } from './merge-line.rules.ts';
import type { DigestedLine, KnownLine, LineValues, TenureValues } from './merge-lines.ts';
import { countAttached, type RowEffect } from './row-effects.ts';

interface StoreLines {
  /** All rows of some lines, line by line, in the order of their keys. */
  readonly lines: readonly (readonly LineRow[])[];
  readonly businessDate: string;
  /** Who imports which file, for the audit trail. */
  readonly imported: { readonly actor: string; readonly fileName: string };
  /** Reports the result, and writes and locks nothing. */
  readonly dryRun?: boolean | undefined;
  /** No row follows that could release a telephone number: one that another line has is refused, and its row. */
  readonly isLast?: boolean | undefined;
}

/** The result of the rows, and their effects on tenures that something depends on. */
export interface StoredRows {
  readonly outcomes: readonly RowOutcome[];
  readonly effects: readonly RowEffect[];
  /** Lines to store after all others of the file: they bring a telephone number that another line has. */
  readonly putOff: readonly (readonly LineRow[])[];
}

/**
 * Stores the rows of some lines: reads the stored lines under lock, merges, and writes only what differs. Returns the
 * result of each row. Every writer of tenures locks their line, so two imports wait for each other. A line that does not
 * exist yet cannot be locked: the second import to insert it gets a duplicate key and must restart its transaction.
 */
export async function storeLines(
  tx: InTransaction<Deps>,
  { lines, businessDate, imported, dryRun = false, isLast = false }: StoreLines,
): Promise<StoredRows> {
  const stored = await readLines(
    tx,
    lines.flatMap((rows) => rows[0]?.lineId ?? []),
    dryRun ? '' : 'FOR UPDATE',
  );
  const claimed = await claimTelephones(tx, stored, { lines, businessDate, isLast });
  const { merged, putOff } = claimed;
  const result = { outcomes: merged.outcomes, effects: await countAttached(tx, merged.effects), putOff };
  if (dryRun) return result;
  await writeLines(tx, claimed, imported);
  const changed = new Set(merged.changedLines.map(({ lineId }) => lineId));
  await shortenAuthorizationsOfLines(
    tx,
    [...changed].filter((lineId) => stored.has(lineId)),
  );
  return result;
}

/**
 * Writes lines, tenures and the audit row in one message and this order: a tenure refers to its line, and releases its telephone
 * number before another has it.
 */
async function writeLines(
  tx: InTransaction<Deps>,
  { merged, moved }: ClaimedLines,
  { actor, fileName }: StoreLines['imported'],
): Promise<void> {
  const { newLines, changedLines, newTenures, changedTenures, digestDelta } = merged;
  const updatedAt = tx.clock.now();
  const subject = `line-master:${fileName}`.slice(0, SUBJECT_LENGTH);
  const audited = { actor, action: 'line.import-chunk', subject, facts: { changed: changedLines.length } };
  const hasChanges = newLines.length + changedLines.length > 0;
  await runPipeline(tx.em, [
    insertLines(newLines, updatedAt),
    updateLines(changedLines, updatedAt),
    releaseTelephones(moved),
    updateTenures(changedTenures, updatedAt),
    insertTenures(newTenures, updatedAt),
    hasChanges ? insertLineDelta(tx, audited, { linesDelta: newLines.length, digestDelta }) : nothingToWrite,
  ]);
}

const SUBJECT_LENGTH = 80;

async function readLines(
  tx: InTransaction<Deps>,
  lineIds: readonly string[],
  lock: 'FOR UPDATE' | '',
): Promise<ReadonlyMap<string, KnownLine>> {
  const lines = await queryRows<LineValues & KnownLine>(
    tx.em,
    `SELECT line_id AS lineId, closing_group AS closingGroup, status, monthly_limit_minor AS monthlyLimitMinor, digest FROM line
     WHERE line_id IN (?) ORDER BY line_id ${lock}`,
    [lineIds],
  );
  const stored = new Map<string, KnownLine & { tenures: Tenure[] }>();
  for (const { lineId, ...line } of lines) stored.set(lineId, { ...line, tenures: [] });
  if (stored.size === 0) return stored;
  const tenures = await queryRows<TenureValues>(
    tx.em,
    `SELECT line_id AS lineId, valid_from AS validFrom, valid_to AS validTo, holder, birth_date AS birthDate, email,
       product, options, telephone, holder_kana AS holderKana, postal_code AS postalCode, address, building
     FROM line_holder WHERE line_id IN (?) ORDER BY line_id, valid_from ${lock}`,
    [[...stored.keys()]],
  );
  for (const { lineId, ...tenure } of tenures) stored.get(lineId)?.tenures.push(tenure);
  return stored;
}

function insertLines(lines: readonly DigestedLine[], updatedAt: Date): Statement<void> {
  return insertRows(
    'line',
    lines.map((line) => ({ ...line, updatedAt })),
  );
}

/** Updates lines that exist and are locked, in one statement for all: only an upsert can do that. */
function updateLines(lines: readonly DigestedLine[], updatedAt: Date): Statement<void> {
  return insertRows(
    'line',
    lines.map((line) => ({ ...line, updatedAt })),
    `ON DUPLICATE KEY UPDATE closing_group = VALUES(closing_group), status = VALUES(status),
       digest = VALUES(digest), updated_at = VALUES(updated_at)`,
  );
}

/** Released first: a statement of many rows checks the key of numbers row by row. */
function releaseTelephones(moved: readonly string[]): Statement<void> {
  if (moved.length === 0) return nothingToWrite;
  return writeStatement('UPDATE line_holder SET telephone = NULL WHERE open_telephone IN (?)', [moved]);
}

/** An upsert would change the tenure of another line whose telephone number is the same. */
function insertTenures(tenures: readonly TenureValues[], updatedAt: Date): Statement<void> {
  return insertRows(
    'line_holder',
    tenures.map((tenure) => ({ ...tenure, updatedAt })),
  );
}

/** Updates tenures that exist and are locked. */
function updateTenures(tenures: readonly TenureValues[], updatedAt: Date): Statement<void> {
  return insertRows(
    'line_holder',
    tenures.map((tenure) => ({ ...tenure, updatedAt })),
    `ON DUPLICATE KEY UPDATE valid_to = VALUES(valid_to), holder = VALUES(holder), birth_date = VALUES(birth_date),
       email = VALUES(email), product = VALUES(product), options = VALUES(options), telephone = VALUES(telephone),
       holder_kana = VALUES(holder_kana), postal_code = VALUES(postal_code), address = VALUES(address),
       building = VALUES(building), updated_at = VALUES(updated_at)`,
  );
}
