import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { LineRow, LineStatus } from './line-row.rules.ts';
import { mergeLine, type RowOutcome, type StoredLine, type Tenure } from './merge-line.rules.ts';

interface StoreLines {
  /** All rows of some lines, line by line, in the order of their keys. */
  readonly lines: readonly (readonly LineRow[])[];
  readonly known: { readonly birthDate: boolean; readonly email: boolean };
  readonly businessDate: string;
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
  { lines, known, businessDate }: StoreLines,
): Promise<RowOutcome[]> {
  const stored = await lockLines(
    tx,
    lines.flatMap((rows) => rows[0]?.lineId ?? []),
  );
  const outcomes: RowOutcome[] = [];
  const newLines: LineValues[] = [];
  const changedLines: LineValues[] = [];
  const tenureValues: (Tenure & { lineId: string })[] = [];
  for (const rows of lines) {
    const lineId = rows[0]?.lineId ?? '';
    const merged = mergeLine({ stored: stored.get(lineId), rows, known, businessDate });
    for (const outcome of merged.outcomes) outcomes.push(outcome);
    if (merged.line) (stored.has(lineId) ? changedLines : newLines).push({ lineId, ...merged.line });
    for (const tenure of merged.tenures) tenureValues.push({ lineId, ...tenure });
  }
  if (newLines.length > 0) await insertLines(tx, newLines);
  if (changedLines.length > 0) await updateLines(tx, changedLines);
  if (tenureValues.length > 0) await upsertTenures(tx, tenureValues);
  return outcomes;
}

/** Reads raw, dates as text: typed results of this many rows take four times as long. */
async function lockLines(
  tx: InTransaction<Deps>,
  lineIds: readonly string[],
): Promise<ReadonlyMap<string, StoredLine>> {
  const ids = sql.join(lineIds);
  const lines = await sql<{ line_id: string; closing_group: ClosingGroup; status: LineStatus }>`
    SELECT line_id, closing_group, status FROM line WHERE line_id IN (${ids}) ORDER BY line_id FOR UPDATE
  `.execute(sqlOf(tx.em));
  const stored = new Map<string, StoredLine & { tenures: Tenure[] }>();
  for (const { line_id, closing_group, status } of lines.rows) {
    stored.set(line_id, { closingGroup: closing_group, status, tenures: [] });
  }
  if (stored.size === 0) return stored;
  const tenures = await sql<StoredTenure>`
    SELECT line_id, valid_from, valid_to, holder, birth_date, email FROM line_holder
    WHERE line_id IN (${sql.join([...stored.keys()])}) ORDER BY line_id, valid_from FOR UPDATE
  `.execute(sqlOf(tx.em));
  for (const { line_id, valid_from, valid_to, holder, birth_date, email } of tenures.rows) {
    const tenure = { validFrom: valid_from, validTo: valid_to, holder, birthDate: birth_date, email };
    stored.get(line_id)?.tenures.push(tenure);
  }
  return stored;
}

interface StoredTenure {
  line_id: string;
  valid_from: string;
  valid_to: string | null;
  holder: string;
  birth_date: string | null;
  email: string | null;
}

async function insertLines(tx: InTransaction<Deps>, lines: readonly LineValues[]): Promise<void> {
  const updatedAt = tx.clock.now();
  await sqlOf(tx.em)
    .insertInto('line')
    .values(lines.map((line) => ({ ...line, updatedAt })))
    .execute();
}

/** Updates lines that are there and locked; one statement for all of them, which only an upsert can be. */
async function updateLines(tx: InTransaction<Deps>, lines: readonly LineValues[]): Promise<void> {
  const updatedAt = tx.clock.now();
  await sqlOf(tx.em)
    .insertInto('line')
    .values(lines.map((line) => ({ ...line, updatedAt })))
    .onDuplicateKeyUpdate(({ fn, ref }) => ({
      closingGroup: fn('values', [ref('closingGroup')]),
      status: fn('values', [ref('status')]),
      updatedAt: fn('values', [ref('updatedAt')]),
    }))
    .execute();
}

async function upsertTenures(
  tx: InTransaction<Deps>,
  tenures: readonly (Tenure & { lineId: string })[],
): Promise<void> {
  const updatedAt = tx.clock.now();
  await sqlOf(tx.em)
    .insertInto('line_holder')
    .values(tenures.map((tenure) => ({ ...tenure, updatedAt })))
    .onDuplicateKeyUpdate(({ fn, ref }) => ({
      validTo: fn('values', [ref('validTo')]),
      holder: fn('values', [ref('holder')]),
      birthDate: fn('values', [ref('birthDate')]),
      email: fn('values', [ref('email')]),
      updatedAt: fn('values', [ref('updatedAt')]),
    }))
    .execute();
}
