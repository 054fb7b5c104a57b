import { digestLine } from '../lines/line-digest.rules.ts';
import type { Tenure } from '../lines/tenure.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { LineRow, LineStatus } from './line-row.rules.ts';
import { mergeLine, type MergedLine, type RowOutcome, type StoredLine } from './merge-line.rules.ts';
import type { TenureEffect } from './tenure-effects.rules.ts';

export interface LineValues {
  readonly lineId: string;
  readonly closingGroup: ClosingGroup;
  readonly status: LineStatus;
}

export interface DigestedLine extends LineValues {
  readonly digest: bigint;
}

/** A line as stored, with the columns that are not in the file. */
export interface KnownLine extends StoredLine {
  readonly monthlyLimitMinor: number | string | null;
  readonly digest: number | string | null;
}

export type TenureValues = Tenure & { readonly lineId: string };

/** The merged rows of some lines: their results, and what has to be written. */
export interface MergedLines {
  readonly outcomes: RowOutcome[];
  readonly effects: TenureEffect[];
  readonly newLines: DigestedLine[];
  readonly changedLines: DigestedLine[];
  readonly newTenures: TenureValues[];
  readonly changedTenures: TenureValues[];
  /** By how much the sum of the digests of all lines changes. */
  digestDelta: bigint;
}

interface MergeLines {
  /** The rows of each line. */
  readonly lines: readonly (readonly LineRow[])[];
  readonly businessDate: string;
  /** By line, the telephone numbers that another line has. */
  readonly taken?: ReadonlyMap<string, ReadonlySet<string>>;
}

export function mergeLines(
  stored: ReadonlyMap<string, KnownLine>,
  { lines, businessDate, taken }: MergeLines,
): MergedLines {
  const all = emptyMerge();
  for (const rows of lines) {
    const lineId = rows[0]?.lineId ?? '';
    const before = stored.get(lineId);
    const merged = mergeLine({ stored: before, rows, businessDate, takenTelephones: taken?.get(lineId) });
    for (const outcome of merged.outcomes) all.outcomes.push(outcome);
    for (const effect of merged.effects) all.effects.push(effect);
    const line = digestChanged(lineId, before, merged);
    if (line) {
      (before ? all.changedLines : all.newLines).push(line);
      all.digestDelta += line.digest - BigInt(before?.digest ?? 0);
    }
    const known = new Set(before?.tenures.map(({ validFrom }) => validFrom));
    for (const tenure of merged.tenures)
      (known.has(tenure.validFrom) ? all.changedTenures : all.newTenures).push({ lineId, ...tenure });
  }
  return all;
}

function emptyMerge(): MergedLines {
  const tenures = { newTenures: [], changedTenures: [] };
  return { outcomes: [], effects: [], newLines: [], changedLines: [], ...tenures, digestDelta: 0n };
}

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
