import { queryRows } from '../database/statement-pipeline.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { LineRow } from './line-row.rules.ts';
import { mergeLines, type KnownLine, type MergedLines, type TenureValues } from './merge-lines.ts';

interface ClaimTelephones {
  readonly lines: readonly (readonly LineRow[])[];
  readonly businessDate: string;
  /** Lines whose number another line still has are refused; else they are put off, because a later row may release it. */
  readonly isLast: boolean;
}

/** Lines that can be stored, and those whose rows have to wait for the end of the file. */
export interface ClaimedLines {
  readonly merged: MergedLines;
  readonly putOff: readonly (readonly LineRow[])[];
  /** Numbers that move between lines of this merge: they are released before they are given. */
  readonly moved: readonly string[];
}

/**
 * Merges rows so that a telephone number belongs to one line at a time. A number moves to another line once the line that has it
 * has given it up, in this file or before; until then the row that brings it waits, and is refused at the end.
 */
export async function claimTelephones(
  tx: InTransaction<Deps>,
  stored: ReadonlyMap<string, KnownLine>,
  { lines, businessDate, isLast }: ClaimTelephones,
): Promise<ClaimedLines> {
  let remaining = lines;
  const putOff: (readonly LineRow[])[] = [];
  const taken = new Map<string, Set<string>>();
  for (;;) {
    const merged = mergeLines(stored, { lines: remaining, businessDate, taken });
    const claims = [...merged.newTenures, ...merged.changedTenures].filter(isClaim);
    const holders = claims.length === 0 ? [] : await findHolders(tx, claims);
    const conflicts = findConflicts(merged, { claims, holders });
    if (conflicts.length === 0) return { merged, putOff, moved: findMoved(claims, holders) };
    const ids = new Set(conflicts.map(({ lineId }) => lineId));
    if (isLast) for (const { lineId, telephone } of conflicts) addTaken(taken, lineId, telephone);
    else {
      for (const rows of remaining) if (ids.has(rows[0]?.lineId ?? '')) putOff.push(rows);
      remaining = remaining.filter((rows) => !ids.has(rows[0]?.lineId ?? ''));
    }
  }
}

interface Claim {
  readonly lineId: string;
  readonly validFrom: string;
  readonly telephone: string;
}

const isClaim = (tenure: TenureValues): tenure is TenureValues & Claim =>
  tenure.validTo === null && tenure.telephone !== null;

/** The lines that have these numbers now, by the unique key of numbers in use. */
function findHolders(tx: InTransaction<Deps>, claims: readonly Claim[]): Promise<readonly Claim[]> {
  return queryRows<Claim>(
    tx.em,
    'SELECT line_id AS lineId, valid_from AS validFrom, telephone FROM line_holder WHERE open_telephone IN (?)',
    [claims.map(({ telephone }) => telephone)],
  );
}

/** Claims of a number that another line keeps, or that an earlier line of the merge claims too. */
function findConflicts(
  { changedTenures, newTenures }: MergedLines,
  { claims, holders }: { claims: readonly Claim[]; holders: readonly Claim[] },
): Claim[] {
  const written = new Map([...changedTenures, ...newTenures].map((tenure) => [keyOf(tenure), tenure]));
  const owners = new Map<string, string>();
  for (const holder of holders) if (keeps(holder, written)) owners.set(holder.telephone, holder.lineId);
  return claims.filter(({ lineId, telephone }) => {
    const owner = owners.get(telephone) ?? lineId;
    owners.set(telephone, owner);
    return owner !== lineId;
  });
}

/** Whether a tenure that has a number has it still when the merge is written. */
function keeps(holder: Claim, written: ReadonlyMap<string, TenureValues>): boolean {
  const after = written.get(keyOf(holder));
  return after === undefined || (isClaim(after) && after.telephone === holder.telephone);
}

const keyOf = ({ lineId, validFrom }: Pick<Claim, 'lineId' | 'validFrom'>): string =>
  `${lineId}/${validFrom}`;

function findMoved(claims: readonly Claim[], holders: readonly Claim[]): string[] {
  const claimant = new Map(claims.map(({ lineId, telephone }) => [telephone, lineId]));
  return holders
    .filter(({ lineId, telephone }) => claimant.get(telephone) !== lineId)
    .map(({ telephone }) => telephone);
}

function addTaken(taken: Map<string, Set<string>>, lineId: string, telephone: string): void {
  const numbers = taken.get(lineId) ?? new Set();
  taken.set(lineId, numbers.add(telephone));
}
