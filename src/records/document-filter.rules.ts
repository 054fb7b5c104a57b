import { findWords } from '../companies/search-words.rules.ts';

/**
 * What documents are looked for, in any combination: 電子帳簿保存法 asks for dates, amounts and counterparties, dates and amounts as
 * ranges. Dates are inclusive, amounts in minor units, inclusive.
 */
export interface DocumentFilter {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly minMinor?: bigint | undefined;
  readonly maxMinor?: bigint | undefined;
  /** The other side as people type it: a company's code or a part of its name, a line or its holder's whole name, a payee. */
  readonly party?: string | undefined;
  /** Where the next page begins, as the page before it named it. */
  readonly after?: string | undefined;
}

/** Rows of a page. */
export const DOCUMENTS_PER_PAGE = 50;

/** As many documents as totals are added up of; beyond it a search is to be narrowed. */
export const MAX_COUNTED = 100_000;

/** How many documents match, and their sum in minor units. */
export interface DocumentTotals {
  readonly count: number;
  readonly totalMinor: bigint;
  /** More than `MAX_COUNTED` match: count and sum are of those that were added up. */
  readonly isCut: boolean;
}

export interface DocumentPage<Row> {
  readonly rows: readonly Row[];
  readonly totals: DocumentTotals;
  readonly next: string | undefined;
}

/** Totals of counted and added rows. */
export function totalsOf(
  sums: readonly { readonly count: number; readonly totalMinor: bigint }[],
): DocumentTotals {
  const count = sums.reduce((sum, one) => sum + one.count, 0);
  const totalMinor = sums.reduce((sum, one) => sum + one.totalMinor, 0n);
  return { count, totalMinor, isCut: sums.some((one) => one.count >= MAX_COUNTED) };
}

/** What was typed for the other side, without the differences of width and blanks; undefined for nothing. */
export function partyWords(party: string | undefined): string | undefined {
  const words = findWords(party ?? '').join(' ');
  return words === '' ? undefined : words;
}

/** Whether words name a line; all others are looked for as a holder's name. */
export const isLineWords = (words: string): boolean => /^[A-Za-z0-9]+$/.test(words);

/** The parts of a cursor; undefined for one that is none, which begins at the first page. */
export function readCursorParts(after: string | undefined, pattern: RegExp): readonly string[] | undefined {
  return pattern.exec(after ?? '')?.slice(1);
}
