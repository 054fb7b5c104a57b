import { hasSameDetails, tenureDetails, type Tenure, type TenureDetails } from '../lines/tenure.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { LineRow, LineStatus, RowFault } from './line-row.rules.ts';
import { overlaps } from '../shared/date-range.rules.ts';
import { isSameHolder } from './same-holder.rules.ts';
import { determineEffects, type TenureEffect } from './tenure-effects.rules.ts';

/** A line as stored, tenures in order. */
export interface StoredLine {
  readonly closingGroup: ClosingGroup;
  readonly status: LineStatus;
  readonly tenures: readonly Tenure[];
}

export type RowOutcome =
  | { readonly row: LineRow; readonly kind: 'added' | 'changed' | 'unchanged' }
  | { readonly row: LineRow; readonly kind: 'refused'; readonly fault: RowFault };

/** The result of merging the rows of one line: only what must be written. */
export interface MergedLine {
  readonly line: { readonly closingGroup: ClosingGroup; readonly status: LineStatus } | undefined;
  readonly tenures: readonly Tenure[];
  readonly outcomes: readonly RowOutcome[];
  /** Stored tenures that now end, stop or have another name. */
  readonly effects: readonly TenureEffect[];
}

interface LineRows {
  readonly stored: StoredLine | undefined;
  /** All rows of the file for one line, in the order of the file. */
  readonly rows: readonly LineRow[];
  readonly businessDate: string;
  /** Telephone numbers that another line has: rows that bring one of them are refused. */
  readonly takenTelephones?: ReadonlySet<string> | undefined;
}

/** More rows for one line mean a broken file, and merging takes quadratic time. */
export const MAX_ROWS_PER_LINE = 200;

/**
 * Merges the rows of a file into one line. The first day identifies a tenure: the same day corrects it. A later day
 * with the same holder continues the tenure, another holder is another tenure. An open-ended tenure ends
 * where the next begins, so a new holder closes the former one. Of stated dates that overlap, the later row of the file
 * is refused. Closing group and status come from the row of the tenure that holds the line today: a row
 * of the past or future does not change them. A closed line has no telephone number any more.
 */
export function mergeLine({ stored, rows, businessDate, takenTelephones = new Set() }: LineRows): MergedLine {
  const refused = refuseTaken(rows, takenTelephones);
  const { accepted, repeated } = acceptFirst(rows, refused);
  const before = new Map((stored?.tenures ?? []).map((tenure) => [tenure.validFrom, tenure]));
  const { tenures: open, claims, keys } = mergeTenures({ before, accepted, refused });
  const present = presentTenure(open, businessDate);
  const lineRow = determineLine(decidingRow(claims.get(present?.validFrom ?? ''), businessDate), stored);
  const isClosed = (lineRow ?? stored)?.status === 'closed';
  const merged = open.map((tenure) =>
    releaseTelephone(tenure, isClosed || takenTelephones.has(tenure.telephone ?? '')),
  );
  const tenures = merged.filter((tenure) => !isSameTenure(before.get(tenure.validFrom), tenure));
  const written = new Set(tenures.map((tenure) => tenure.validFrom));
  const outcomes = rows.map((row): RowOutcome => {
    const fault = refused.get(row) ?? refused.get(repeated.get(row) ?? row);
    if (fault) return { row, kind: 'refused', fault };
    if (repeated.has(row)) return { row, kind: 'unchanged' };
    const key = keys.get(row) ?? row.validFrom;
    if (!before.has(key)) return { row, kind: key === row.validFrom ? 'added' : 'unchanged' };
    const isChanged = written.has(key) || lineRow === row;
    return { row, kind: isChanged ? 'changed' : 'unchanged' };
  });
  const line = lineRow && { closingGroup: lineRow.closingGroup, status: lineRow.status };
  const effects = stored ? determineEffects({ stored, tenures: merged, claims, lineRow, present }) : [];
  return { line, tenures, outcomes, effects };
}

/** Rows whose telephone number belongs to another line. */
function refuseTaken(rows: readonly LineRow[], taken: ReadonlySet<string>): Map<LineRow, RowFault> {
  const refused = new Map<LineRow, RowFault>();
  const fault = { code: 'telephone-taken', reason: 'telephone belongs to another line' } as const;
  for (const row of rows) if (row.telephone && taken.has(row.telephone)) refused.set(row, fault);
  return refused;
}

/** A tenure of the past keeps the number that it had. */
function releaseTelephone(tenure: Tenure, isReleased: boolean): Tenure {
  if (!isReleased || tenure.validTo !== null || tenure.telephone === null) return tenure;
  return { ...tenure, telephone: null };
}

/** Accepts the first row of a day. An equal row is ignored, a different one is refused as a contradiction. */
function acceptFirst(rows: readonly LineRow[], refused: Map<LineRow, RowFault>) {
  const accepted = new Map<string, LineRow>();
  const repeated = new Map<LineRow, LineRow>();
  rows.forEach((row, index) => {
    if (refused.has(row)) return;
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
        reason: `contradicts row ${first.row} of the same day`,
      });
    }
  });
  return { accepted, repeated };
}

interface Merge {
  readonly before: ReadonlyMap<string, Tenure>;
  readonly accepted: Map<string, LineRow>;
  readonly refused: Map<LineRow, RowFault>;
}

/** The rows of the file for one tenure, by their days; the last one decides. */
export interface Claim {
  readonly tenure: Tenure;
  readonly rows: readonly LineRow[];
}

/** All tenures of the line in order, without overlaps; rows that overlap move to `refused`. */
function mergeTenures({ before, accepted, refused }: Merge) {
  for (;;) {
    const { claims, keys } = claimTenures(before, accepted);
    const merged = new Map<string, Tenure>(before);
    for (const [key, { tenure }] of claims) merged.set(key, tenure);
    const tenures = [...merged.values()].sort(compareTenures);
    const clash = findClash(tenures, claims);
    if (!clash) return { tenures: closeOpenEnds(tenures), claims, keys };
    accepted.delete(clash.row.validFrom);
    const reason = `overlaps the tenure of ${clash.other.validFrom} to ${clash.other.validTo ?? 'open'}`;
    refused.set(clash.row, { code: 'overlaps-tenure', reason });
  }
}

/**
 * Finds the tenure of each row, from the earliest day on: the one that begins on its day, or the one of the same holder
 * that continues; otherwise the row begins a new tenure.
 */
function claimTenures(before: ReadonlyMap<string, Tenure>, accepted: ReadonlyMap<string, LineRow>) {
  const claims = new Map<string, Claim>();
  const keys = new Map<LineRow, string>();
  const starts = [...before.keys()].sort();
  let lastClaimed = '';
  for (const row of [...accepted.values()].sort(compareTenures)) {
    const key = before.has(row.validFrom) ? row.validFrom : findContinued(row);
    const claim = claims.get(key);
    const known = claim?.tenure ?? before.get(key) ?? accessOf(findBefore(key));
    const tenure = toTenure(key, row, known);
    claims.set(key, { tenure, rows: claim ? [...claim.rows, row] : [row] });
    keys.set(row, key);
    if (key > lastClaimed) lastClaimed = key;
  }
  return { claims, keys };

  /** The tenure that begins last before a day. */
  function findBefore(day: string): Tenure | undefined {
    const stored = starts.findLast((start) => start < day) ?? '';
    const key = lastClaimed > stored ? lastClaimed : stored;
    return claims.get(key)?.tenure ?? before.get(key);
  }

  function findContinued(row: LineRow): string {
    const tenure = findBefore(row.validFrom);
    const key = tenure?.validFrom ?? '';
    if (!tenure || !isSameHolder(tenure.holder, row.holder)) return row.validFrom;
    const isEndedByNext = tenure.validTo !== null && starts.includes(tenure.validTo);
    return continuesTenure(row, tenure, isEndedByNext) ? key : row.validFrom;
  }
}

/** Whether a later day of the same holder agrees with the tenure: both without an end, with the same end, or one after the other. */
function continuesTenure(row: LineRow, { validTo }: Tenure, isEndedByNext: boolean): boolean {
  if (validTo === null || validTo === row.validFrom || validTo === row.validTo) return true;
  return validTo > row.validFrom && row.validTo === null && isEndedByNext;
}

/** Of two tenures that overlap, the one whose row comes later in the file; tenures without rows in the file are ignored. */
function findClash(tenures: readonly Tenure[], claims: ReadonlyMap<string, Claim>) {
  for (const [index, tenure] of tenures.entries()) {
    const next = tenures[index + 1];
    if (!next || tenure.validTo === null || !overlaps(tenure, next)) continue;
    const row = claims.get(tenure.validFrom)?.rows.at(-1);
    const nextRow = claims.get(next.validFrom)?.rows.at(-1);
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

/** The tenure that a row describes; values that the row does not have stay as they are known. */
function toTenure(validFrom: string, row: LineRow, known: Partial<TenureDetails> = {}): Tenure {
  const { validTo, holder } = row;
  const details: Partial<Record<keyof TenureDetails, string | null>> = {};
  for (const name of tenureDetails)
    details[name] = row[name] === undefined ? (known[name] ?? null) : row[name];
  return { validFrom, validTo, holder, ...(details as TenureDetails) };
}

/** What another holder takes over with the line: its access, and nothing of the person. */
function accessOf(former: Tenure | undefined): Partial<TenureDetails> | undefined {
  return former && { product: former.product, options: former.options };
}

/** The tenure of today, else the last past one, else the first future one. */
function presentTenure(tenures: readonly Tenure[], businessDate: string): Tenure | undefined {
  return tenures.findLast((tenure) => tenure.validFrom <= businessDate) ?? tenures[0];
}

/** The row that decides for a line today: the last one of its tenure that is not in the future, else its first. */
function decidingRow(claim: Claim | undefined, businessDate: string): LineRow | undefined {
  const spoken = claim?.rows.findLast((row) => row.validFrom <= businessDate);
  const first = claim?.rows[0];
  return spoken ?? (first?.validFrom === claim?.tenure.validFrom ? first : undefined);
}

/** The row that changes the line itself, if any does. */
function determineLine(row: LineRow | undefined, stored: StoredLine | undefined): LineRow | undefined {
  if (row?.closingGroup === stored?.closingGroup && row?.status === stored?.status) return undefined;
  return row;
}

function compareTenures(left: { validFrom: string }, right: { validFrom: string }): number {
  return left.validFrom < right.validFrom ? -1 : 1;
}

function isSameTenure(left: Tenure | undefined, right: Tenure): boolean {
  return left?.validTo === right.validTo && left.holder === right.holder && hasSameDetails(left, right);
}

function isSameRow(left: LineRow, right: LineRow): boolean {
  return (
    left.validTo === right.validTo &&
    left.holder === right.holder &&
    hasSameDetails(left, right) &&
    left.closingGroup === right.closingGroup &&
    left.status === right.status
  );
}
