import type { Tenure } from '../lines/tenure.ts';
import { queryRows, runPipeline } from '../database/statement-pipeline.ts';
import { nothingToWrite, type Statement } from '../database/statement.ts';
import { insertRows } from '../database/rows.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { digestLine } from '../lines/line-digest.rules.ts';
import type { LineRow, LineStatus } from './line-row.rules.ts';
import { countAttached, type RowEffect } from './row-effects.ts';
import { shortenAuthorizationsOfLines } from '../lines/shorten-authorizations.ts';
import { mergeLine, type MergedLine, type RowOutcome, type StoredLine } from './merge-line.rules.ts';
import { insertLineDelta } from '../lines/record-line-changes.ts';
import type { TenureEffect } from './tenure-effects.rules.ts';

interface StoreLines {
  /** All rows of some lines, line by line, in the order of their keys. */
  readonly lines: readonly (readonly LineRow[])[];
  readonly businessDate: string;
  /** Who imports which file, for the audit trail. */
  readonly imported: { readonly actor: string; readonly fileName: string };
  /** Reports the result, and writes and locks nothing. */
  readonly dryRun?: boolean | undefined;
}

/** The result of the rows, and their effects on tenures that something depends on. */
export interface StoredRows {
  readonly outcomes: readonly RowOutcome[];
  readonly effects: readonly RowEffect[];
}

interface LineValues {
  readonly lineId: string;
  readonly closingGroup: ClosingGroup;
  readonly status: LineStatus;
}

interface DigestedLine extends LineValues {
  readonly digest: bigint;
}

/** A line as stored, with the columns that are not in the file. */
interface KnownLine extends StoredLine {
  readonly monthlyLimitMinor: number | string | null;
  readonly digest: number | string | null;
}

/**
 * Stores the rows of some lines: reads the stored lines under lock, merges, and writes only what differs. Returns the
 * result of each row. Every writer of tenures locks their line, so two imports wait for each other. A line that does not
 * exist yet cannot be locked: the second import to insert it gets a duplicate key and must restart its transaction.
 */
export async function storeLines(
  tx: InTransaction<Deps>,
  { lines, businessDate, imported, dryRun = false }: StoreLines,
): Promise<StoredRows> {
  const stored = await readLines(
    tx,
    lines.flatMap((rows) => rows[0]?.lineId ?? []),
    dryRun ? '' : 'FOR UPDATE',
  );
  const merged = mergeLines(stored, lines, businessDate);
  const result = { outcomes: merged.outcomes, effects: await countAttached(tx, merged.effects) };
  if (dryRun) return result;
  await writeLines(tx, merged, imported);
  const changed = new Set([...merged.changedLines, ...merged.tenures].map(({ lineId }) => lineId));
  await shortenAuthorizationsOfLines(
    tx,
    [...changed].filter((lineId) => stored.has(lineId)),
  );
  return result;
}

/** The merged rows of some lines: their results, and what has to be written. */
interface MergedLines {
  readonly outcomes: RowOutcome[];
  readonly effects: TenureEffect[];
  readonly newLines: DigestedLine[];
  readonly changedLines: DigestedLine[];
  readonly tenures: TenureValues[];
  /** By how much the sum of the digests of all lines changes. */
  digestDelta: bigint;
}

function mergeLines(
  stored: ReadonlyMap<string, KnownLine>,
  lines: StoreLines['lines'],
  businessDate: string,
): MergedLines {
  const all: MergedLines = {
    outcomes: [],
    effects: [],
    newLines: [],
    changedLines: [],
    tenures: [],
    digestDelta: 0n,
  };
  for (const rows of lines) {
    const lineId = rows[0]?.lineId ?? '';
    const before = stored.get(lineId);
    const merged = mergeLine({ stored: before, rows, businessDate });
    for (const outcome of merged.outcomes) all.outcomes.push(outcome);
    for (const effect of merged.effects) all.effects.push(effect);
    const line = digestChanged(lineId, before, merged);
    if (line) {
      (before ? all.changedLines : all.newLines).push(line);
      all.digestDelta += line.digest - BigInt(before?.digest ?? 0);
    }
    for (const tenure of merged.tenures) all.tenures.push({ lineId, ...tenure });
  }
  return all;
}

/** Writes lines, tenures and the audit row in one message and this order: a tenure refers to its line. */
async function writeLines(
  tx: InTransaction<Deps>,
  { newLines, changedLines, tenures, digestDelta }: MergedLines,
  { actor, fileName }: StoreLines['imported'],
): Promise<void> {
  const updatedAt = tx.clock.now();
  const subject = `line-master:${fileName}`.slice(0, SUBJECT_LENGTH);
  const audited = { actor, action: 'line.import-chunk', subject, facts: { changed: changedLines.length } };
  const hasChanges = newLines.length + changedLines.length > 0;
  await runPipeline(tx.em, [
    insertLines(newLines, updatedAt),
    updateLines(changedLines, updatedAt),
    upsertTenures(tenures, updatedAt),
    hasChanges ? insertLineDelta(tx, audited, { linesDelta: newLines.length, digestDelta }) : nothingToWrite,
  ]);
}

const SUBJECT_LENGTH = 80;

/** The line with its digest, if the line or any of its tenures is new or changed. */
function digestChanged(
  lineId: string,
  before: KnownLine | undefined,
  { line = before, tenures: written }: MergedLine,
): DigestedLine | undefined {
  if (!line || (line === before && written.length === 0)) return undefined;
  const { closingGroup, status } = line;
  const isWritten = new Set(written.map(({ validFrom }) => validFrom));
  const kept = before?.tenures.filter(({ validFrom }) => !isWritten.has(validFrom)) ?? [];
  const tenures = kept.length === 0 ? written : [...kept, ...written];
  const { monthlyLimitMinor = null } = before ?? {};
  const values = { lineId, closingGroup, status };
  return { ...values, digest: digestLine({ ...values, monthlyLimitMinor, tenures }) };
}

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
    `SELECT line_id AS lineId, valid_from AS validFrom, valid_to AS validTo, holder, birth_date AS birthDate, email
     FROM line_holder WHERE line_id IN (?) ORDER BY line_id, valid_from ${lock}`,
    [[...stored.keys()]],
  );
  for (const { lineId, ...tenure } of tenures) stored.get(lineId)?.tenures.push(tenure);
  return stored;
}

type TenureValues = Tenure & { readonly lineId: string };

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

function upsertTenures(tenures: readonly TenureValues[], updatedAt: Date): Statement<void> {
  return insertRows(
    'line_holder',
    tenures.map((tenure) => ({ ...tenure, updatedAt })),
    `ON DUPLICATE KEY UPDATE valid_to = VALUES(valid_to), holder = VALUES(holder), birth_date = VALUES(birth_date),
       email = VALUES(email), updated_at = VALUES(updated_at)`,
  );
}
