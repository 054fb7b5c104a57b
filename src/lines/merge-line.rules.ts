import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { LineRow, LineStatus, RowFault } from './line-row.rules.ts';

/** Who holds a line in `[validFrom, validTo)`; null is open-ended. */
export interface Tenure {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly holder: string;
  readonly birthDate: string | null;
  readonly email: string | null;
}

/** A line as the database has it, tenures in order. */
export interface StoredLine {
  readonly closingGroup: ClosingGroup;
  readonly status: LineStatus;
  readonly tenures: readonly Tenure[];
}

export type RowOutcome =
  | { readonly row: LineRow; readonly kind: 'added' | 'changed' | 'unchanged' }
  | { readonly row: LineRow; readonly kind: 'refused'; readonly fault: RowFault };

/** What the rows of one line come to: only what has to be written. */
export interface MergedLine {
  readonly line: { readonly closingGroup: ClosingGroup; readonly status: LineStatus } | undefined;
  readonly tenures: readonly Tenure[];
  readonly outcomes: readonly RowOutcome[];
}

interface LineRows {
  readonly stored: StoredLine | undefined;
  /** All rows of the file for one line, in the order of the file. */
  readonly rows: readonly LineRow[];
  /** Optional columns of the file: of one that is not there nothing is known, so it changes nothing. */
  readonly known: { readonly birthDate: boolean; readonly email: boolean };
  readonly businessDate: string;
}

/** A line with more tenures in one file is a broken file, and merging takes quadratic time. */
export const MAX_ROWS_PER_LINE = 200;

/**
 * Merges the rows of a file into one line. A tenure is known by its first day: the same day corrects it, another
 * one is another holding. An open-ended tenure ends where the next begins, so a new holder closes the former
 * one; dates that are stated and overlap are refused, the later row of the file. Closing group and status are
 * those of the row of the tenure that holds the line today: a row of the past or future does not change them.
 */
export function mergeLine({ stored, rows, known, businessDate }: LineRows): MergedLine {
  const refused = new Map<LineRow, RowFault>();
  const { accepted, repeated } = acceptFirst(rows, refused);
  const before = new Map((stored?.tenures ?? []).map((tenure) => [tenure.validFrom, tenure]));
  const merged = mergeTenures({ before, accepted, refused, known });
  const tenures = merged.filter((tenure) => !isSameTenure(before.get(tenure.validFrom), tenure));
  const lineRow = determineLine(accepted.get(presentTenure(merged, businessDate)?.validFrom ?? ''), stored);
  const written = new Set(tenures.map((tenure) => tenure.validFrom));
  const outcomes = rows.map((row): RowOutcome => {
    const fault = refused.get(row) ?? refused.get(repeated.get(row) ?? row);
    if (fault) return { row, kind: 'refused', fault };
    if (repeated.has(row)) return { row, kind: 'unchanged' };
    if (!before.has(row.validFrom)) return { row, kind: 'added' };
    const isChanged = written.has(row.validFrom) || lineRow === row;
    return { row, kind: isChanged ? 'changed' : 'unchanged' };
  });
  const line = lineRow && { closingGroup: lineRow.closingGroup, status: lineRow.status };
  return { line, tenures, outcomes };
}

/** The first row of a tenure counts; the same again is nothing new, anything else contradicts it. */
function acceptFirst(rows: readonly LineRow[], refused: Map<LineRow, RowFault>) {
  const accepted = new Map<string, LineRow>();
  const repeated = new Map<LineRow, LineRow>();
  rows.forEach((row, index) => {
    const first = accepted.get(row.validFrom);
    if (index >= MAX_ROWS_PER_LINE) {
      refused.set(row, { code: 'too-many-rows', reason: `more than ${MAX_ROWS_PER_LINE} rows for one line` });
    } else if (!first) {
      accepted.set(row.validFrom, row);
    } else if (isSameRow(first, row)) {
      repeated.set(row, first);
    } else {
      refused.set(row, {
        code: 'contradicts-row',
        reason: `says otherwise than row ${first.row} of the same day`,
      });
    }
  });
  return { accepted, repeated };
}

interface Merge {
  readonly before: ReadonlyMap<string, Tenure>;
  readonly accepted: Map<string, LineRow>;
  readonly refused: Map<LineRow, RowFault>;
  readonly known: LineRows['known'];
}

/** All tenures of the line in order, without overlaps; rows that cannot be fitted in move to `refused`. */
function mergeTenures({ before, accepted, refused, known }: Merge): Tenure[] {
  for (;;) {
    const merged = new Map<string, Tenure>(before);
    for (const row of accepted.values())
      merged.set(row.validFrom, toTenure(row, before.get(row.validFrom), known));
    const tenures = [...merged.values()].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    const clash = findClash(tenures, accepted);
    if (!clash) return closeOpenEnds(tenures);
    accepted.delete(clash.row.validFrom);
    const reason = `overlaps the tenure of ${clash.other.validFrom} to ${clash.other.validTo ?? 'open'}`;
    refused.set(clash.row, { code: 'overlaps-tenure', reason });
  }
}

/** The later row of the file of two tenures that overlap; tenures of which neither is in the file are left alone. */
function findClash(tenures: readonly Tenure[], accepted: ReadonlyMap<string, LineRow>) {
  for (const [index, tenure] of tenures.entries()) {
    const next = tenures[index + 1];
    if (!next || tenure.validTo === null || tenure.validTo <= next.validFrom) continue;
    const [row, nextRow] = [accepted.get(tenure.validFrom), accepted.get(next.validFrom)];
    if (row && (!nextRow || row.row > nextRow.row)) return { row, other: next };
    if (nextRow) return { row: nextRow, other: tenure };
  }
  return undefined;
}

function closeOpenEnds(tenures: readonly Tenure[]): Tenure[] {
  return tenures.map((tenure, index) => {
    const next = tenures[index + 1];
    return next && tenure.validTo === null ? { ...tenure, validTo: next.validFrom } : tenure;
  });
}

function toTenure(row: LineRow, stored: Tenure | undefined, known: LineRows['known']): Tenure {
  const { validFrom, validTo, holder } = row;
  const birthDate = known.birthDate ? row.birthDate : (stored?.birthDate ?? null);
  const email = known.email ? row.email : (stored?.email ?? null);
  return { validFrom, validTo, holder, birthDate, email };
}

/** The tenure of today, or the last that was, or else the first that will be. */
function presentTenure(tenures: readonly Tenure[], businessDate: string): Tenure | undefined {
  return tenures.findLast((tenure) => tenure.validFrom <= businessDate) ?? tenures[0];
}

/** The row that changes the line itself, if any does. */
function determineLine(row: LineRow | undefined, stored: StoredLine | undefined): LineRow | undefined {
  if (row?.closingGroup === stored?.closingGroup && row?.status === stored?.status) return undefined;
  return row;
}

function isSameTenure(left: Tenure | undefined, right: Tenure): boolean {
  return (
    left?.validTo === right.validTo &&
    left.holder === right.holder &&
    left.birthDate === right.birthDate &&
    left.email === right.email
  );
}

function isSameRow(left: LineRow, right: LineRow): boolean {
  return (
    isSameTenure(left, right) && left.closingGroup === right.closingGroup && left.status === right.status
  );
}
