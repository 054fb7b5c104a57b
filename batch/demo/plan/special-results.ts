import { addMonths, dayOfMonth, dueDate, periodRange } from '../../../src/shared/calendar.rules.ts';
import { HOUR_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import { hasLinesSetAside } from './set-aside.ts';
import { NOTHING_SPECIAL, planUncollectedBefore, planUncollectedInMonth } from './special-outcomes.ts';
import type { PlannedOutcome, PlannedResults } from './world-plan.ts';

const ARRIVES_AT = 21 * HOUR_MS;

/** When all invoices of a period are due: those of the group that closes last. */
export function lastDueDate(period: string): string {
  return dueDate(periodRange(period, 25).closesOn);
}

/**
 * The carrier's results, in files that arrive while the invoices of a period become due: of the month before, of the demo's month
 * and of the month after.
 */
export function planResults(draft: Draft): void {
  const { month, lastDate } = draft.calendar;
  const [before, next] = [addMonths(month, -1), addMonths(month, 1)];
  const day = (monthsLater: number, of: number) => dayOfMonth(addMonths(month, monthsLater), of);
  const isLarge = hasLinesSetAside(draft.options);
  const early = isLarge ? planUncollectedBefore(draft) : NOTHING_SPECIAL;
  const own = isLarge ? planUncollectedInMonth(draft) : NOTHING_SPECIAL;
  addFile(draft, before, { on: day(1, 10), outcomes: early.first });
  addFile(draft, before, { on: lastDate, outcomes: early.last, isLast: true });
  addFile(draft, month, { on: dueDate(periodRange(month, 31).closesOn), outcomes: own.first });
  addFile(draft, month, { on: day(2, 10) });
  addFile(draft, month, { on: day(2, 24), outcomes: own.second });
  addFile(draft, month, { on: lastDueDate(month), outcomes: own.last, isLast: true });
  addFile(draft, month, { on: day(3, 9), outcomes: own.later, isLast: true });
  addFile(draft, next, { on: day(3, 10) });
  addFile(draft, next, { on: lastDueDate(next), isLast: true });
}

interface ResultsFile {
  /** Without it, the file has what is due by then. */
  readonly isLast?: true;
  readonly on: string;
  readonly outcomes?: readonly PlannedOutcome[];
}

function addFile({ calendar, results }: Draft, period: string, { on, outcomes = [], isLast }: ResultsFile) {
  const file: PlannedResults = { period, outcomes, ...(!isLast && { dueThrough: on }) };
  results.push({ ...file, at: calendar.instant(on, ARRIVES_AT) });
}
