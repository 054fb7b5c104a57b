import { faultOf, type CollectionRowError, type ResultRow } from './collection-file.rules.ts';
import {
  determineStanding,
  findResultFault,
  isSameResult,
  type InvoiceResult,
  type InvoiceStanding,
} from './collection-state.rules.ts';
import { listContradictory, placeOf } from './newest-row.rules.ts';

/** What new rows make of an invoice. */
export interface MergedResults {
  /** Rows to store: each once, and not stored yet. */
  readonly added: readonly ResultRow[];
  readonly errors: readonly CollectionRowError[];
  /** Rows that are stored already, or twice in the file, and are no errors. */
  readonly skipped: number;
  readonly standing: InvoiceStanding;
  /** How many different rows the invoice has now. */
  readonly resultCount: number;
}

/**
 * Merges rows of a file into those of an invoice. Rows that contradict each other are refused, whichever came first; they are
 * stored all the same, so that the state stays that of the set of all rows.
 */
export function mergeResults(
  totalMinor: bigint,
  stored: readonly InvoiceResult[],
  given: readonly ResultRow[],
): MergedResults {
  const errors: CollectionRowError[] = [];
  const added: ResultRow[] = [];
  const repeated: ResultRow[] = [];
  for (const row of given.map((each) => (each.isWhole ? { ...each, collectedMinor: totalMinor } : each))) {
    const reason = findResultFault(totalMinor, row);
    if (reason !== undefined)
      errors.push({ row: row.row, line: row.line, ...faultOf('amount-invalid', reason) });
    else if ([...stored, ...added].some((other) => isSameResult(other, row))) repeated.push(row);
    else added.push(row);
  }
  const all = [...stored, ...added];
  const contradictory = all.length > 1 ? listContradictory(all, isSameResult) : NONE;
  const isContradictory = (row: ResultRow) => contradictory.has(placeOf(row));
  for (const row of [...added, ...repeated].filter(isContradictory))
    errors.push({ row: row.row, line: row.line, ...CONTRADICTION });
  return {
    added,
    errors,
    skipped: repeated.filter((row) => !isContradictory(row)).length,
    standing: determineStanding(totalMinor, all),
    resultCount: all.length,
  };
}

const NONE: ReadonlySet<string> = new Set();
const CONTRADICTION = faultOf(
  'contradicts-row',
  'the invoice has another result of the same date and sequence: neither counts',
);
