import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import type { Deps } from '../deps.ts';
import { addDays, isDate } from '../shared/calendar-date.rules.ts';
import { invalidInput } from '../shared/check-input.ts';
import { streamCsv } from '../shared/csv-stream.ts';
import type { Cell } from '../shared/csv.ts';
import type { DownloadedFile } from '../shared/downloaded-file.ts';
import type { Locale } from '../shared/money.ts';
import { JournalTotals, journalHead, journalRow } from './journal-file.rules.ts';
import { sumJournalDay, type JournalSum } from './journal.queries.ts';

/** Business dates, both inclusive. */
export interface JournalRange {
  readonly from: string;
  readonly to: string;
}

const MAX_DAYS = 366;

/**
 * The ledger as a journal for the bookkeeper, as CSV: a row for each day, pair of accounts and kind. The totals of its last line are
 * equal. A day is added up when the file comes to it, so a year takes no more memory than a day.
 * @throws Problem `permission-denied`, `invalid-request` for a range that is none or is longer than a year
 */
export async function openJournal(
  deps: Deps,
  actor: Actor,
  { from, to, language }: JournalRange & { readonly language: Locale },
): Promise<DownloadedFile> {
  authorize(actor, 'journal:read');
  checkRange({ from, to });
  const totals = new JournalTotals();
  return {
    filename: `journal-${from}-${to}.csv`,
    type: 'text/csv; charset=utf-8',
    body: streamCsv({
      head: journalHead(language),
      rows: listRows(deps, { from, to, language }, totals),
      last: (count) => totals.lastRow(count, language),
    }),
  };
}

/** The rows of one day, for people who look before they download. @throws Problem `permission-denied` */
export async function listJournalDay(deps: Deps, actor: Actor, businessDate: string): Promise<JournalSum[]> {
  authorize(actor, 'journal:read');
  return sumJournalDay(deps, businessDate);
}

async function* listRows(
  deps: Deps,
  { language, ...range }: JournalRange & { readonly language: Locale },
  totals: JournalTotals,
): AsyncGenerator<readonly Cell[]> {
  for (const day of daysOf(range))
    for (const sum of await sumJournalDay(deps, day)) {
      const row = journalRow(sum, deps.config.chartOfAccounts, language);
      totals.add(row);
      yield row;
    }
}

function* daysOf({ from, to }: JournalRange): Generator<string> {
  for (let day = from; day <= to; day = addDays(day, 1)) yield day;
}

function checkRange({ from, to }: JournalRange): void {
  const isRange = isDate(from) && isDate(to) && from <= to && to <= addDays(from, MAX_DAYS - 1);
  if (!isRange)
    throw invalidInput([
      { pointer: '/to', message: `must be a date from the first on, ${MAX_DAYS} days at most` },
    ]);
}
