import { askTogether, queryRows } from '../database/messages.ts';
import { insertRows } from '../database/rows.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { LineRow, LineStatus } from './line-row.rules.ts';
import { countAttached, type RowEffect } from './row-effects.ts';
import { shortenAuthorizationsOfLines } from './shorten-authorizations.ts';
import { mergeLine, type RowOutcome, type StoredLine, type Tenure } from './merge-line.rules.ts';
import type { TenureEffect } from './tenure-effects.rules.ts';

interface StoreLines {
  /** All rows of some lines, line by line, in the order of their keys. */
  readonly lines: readonly (readonly LineRow[])[];
  readonly businessDate: string;
  /** Says what would be, and writes and locks nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What the rows came to, and what they do to tenures that people have something under. */
export interface StoredRows {
  readonly outcomes: readonly RowOutcome[];
  readonly effects: readonly RowEffect[];
}

interface LineValues {
  readonly lineId: string;
  readonly closingGroup: ClosingGroup;
  readonly status: LineStatus;
}

/**
 * Stores the rows of some lines: reads what is there under lock, merges, and writes only what differs. What
 * each row came to is the answer. Whoever writes tenures holds the lock of their line, so that two imports take
 * turns; a line that is not there yet cannot be locked, and the second to insert it meets a duplicate key: begin
 * the transaction anew.
 */
export async function storeLines(
  tx: InTransaction<Deps>,
  { lines, businessDate, dryRun = false }: StoreLines,
): Promise<StoredRows> {
  const stored = await readLines(
    tx,
    lines.flatMap((rows) => rows[0]?.lineId ?? []),
    dryRun ? '' : 'FOR UPDATE',
  );
  const effects: TenureEffect[] = [];
  const outcomes: RowOutcome[] = [];
  const newLines: LineValues[] = [];
  const changedLines: LineValues[] = [];
  const tenureValues: TenureValues[] = [];
  for (const rows of lines) {
    const lineId = rows[0]?.lineId ?? '';
    const merged = mergeLine({ stored: stored.get(lineId), rows, businessDate });
    for (const outcome of merged.outcomes) outcomes.push(outcome);
    for (const effect of merged.effects) effects.push(effect);
    if (merged.line) (stored.has(lineId) ? changedLines : newLines).push({ lineId, ...merged.line });
    for (const tenure of merged.tenures) tenureValues.push({ lineId, ...tenure });
  }
  const result = { outcomes, effects: await countAttached(tx, effects) };
  if (dryRun) return result;
  // In one message, in this order: a tenure refers to its line.
  await askTogether([
    insertLines(tx, newLines),
    updateLines(tx, changedLines),
    upsertTenures(tx, tenureValues),
  ]);
  const changed = new Set([...changedLines, ...tenureValues].map(({ lineId }) => lineId));
  await shortenAuthorizationsOfLines(
    tx,
    [...changed].filter((lineId) => stored.has(lineId)),
  );
  return result;
}

async function readLines(
  tx: InTransaction<Deps>,
  lineIds: readonly string[],
  lock: 'FOR UPDATE' | '',
): Promise<ReadonlyMap<string, StoredLine>> {
  const lines = await queryRows<LineValues>(
    tx.em,
    `SELECT line_id AS lineId, closing_group AS closingGroup, status FROM line
     WHERE line_id IN (?) ORDER BY line_id ${lock}`,
    [lineIds],
  );
  const stored = new Map<string, StoredLine & { tenures: Tenure[] }>();
  for (const { lineId, closingGroup, status } of lines) {
    stored.set(lineId, { closingGroup, status, tenures: [] });
  }
  if (stored.size === 0) return stored;
  const tenures = await queryRows<TenureValues>(
    tx.em,
    `SELECT line_id AS lineId, valid_from AS validFrom, valid_to AS validTo, holder, birth_date AS birthDate, email
     FROM line_holder WHERE line_id IN (?) ORDER BY line_id, valid_from ${lock}`,
    [[...stored.keys()]],
  );
  for (const { lineId, ...tenure } of tenures) stored.get(lineId)?.tenures.push(tenure);
  return stored;
}

type TenureValues = Tenure & { readonly lineId: string };

async function insertLines(tx: InTransaction<Deps>, lines: readonly LineValues[]): Promise<void> {
  const updatedAt = tx.clock.now();
  await insertRows(
    tx.em,
    'line',
    lines.map((line) => ({ ...line, updatedAt })),
  );
}

/** Updates lines that are there and locked; one statement for all of them, which only an upsert can be. */
async function updateLines(tx: InTransaction<Deps>, lines: readonly LineValues[]): Promise<void> {
  const updatedAt = tx.clock.now();
  await insertRows(
    tx.em,
    'line',
    lines.map((line) => ({ ...line, updatedAt })),
    `ON DUPLICATE KEY UPDATE closing_group = VALUES(closing_group), status = VALUES(status),
       updated_at = VALUES(updated_at)`,
  );
}

async function upsertTenures(tx: InTransaction<Deps>, tenures: readonly TenureValues[]): Promise<void> {
  const updatedAt = tx.clock.now();
  await insertRows(
    tx.em,
    'line_holder',
    tenures.map((tenure) => ({ ...tenure, updatedAt })),
    `ON DUPLICATE KEY UPDATE valid_to = VALUES(valid_to), holder = VALUES(holder), birth_date = VALUES(birth_date),
       email = VALUES(email), updated_at = VALUES(updated_at)`,
  );
}
