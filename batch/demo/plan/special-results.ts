import { addMonths, dayOfMonth } from '../../../src/shared/calendar.rules.ts';
import { addUsage } from './add-usage.ts';
import { HOUR_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import { BEFORE_CLOSE, companyNamed, hasLinesSetAside, on, subscriberSetAside } from './set-aside.ts';
import type { PlannedOutcome } from './world-plan.ts';

/** On which day of the month after the first results arrive. */
const FIRST_RESULTS = 10;
const ARRIVES_AT = 21 * HOUR_MS;

/**
 * The carrier's results of the month before, in two files. Of an invoice over three companies a part is uncollected, and later a
 * part of that is collected after all, neither of which divides evenly; another is not collected at all.
 */
export function planResults(draft: Draft): void {
  const { calendar, results } = draft;
  const period = addMonths(calendar.month, -1);
  const early = dayOfMonth(addMonths(calendar.month, 1), FIRST_RESULTS);
  const cases = hasLinesSetAside(draft.options) ? planUncollected(draft) : { early: [], late: [] };
  const at = (date: string) => calendar.instant(date, ARRIVES_AT);
  results.push({ at: at(early), period, dueThrough: early, outcomes: cases.early });
  results.push({ at: at(calendar.lastDate), period, outcomes: cases.late });
}

interface Outcomes {
  readonly early: readonly PlannedOutcome[];
  readonly late: readonly PlannedOutcome[];
}

function planUncollected(draft: Draft): Outcomes {
  const [books, music, foods] = ['kotonoha', 'sazanami', 'hakoniwa'].map((code) => companyNamed(draft, code));
  if (!books || !music || !foods) return { early: [], late: [] };
  const shared = subscriberSetAside(draft, 5);
  for (const [hour, company, amountMinor] of [
    [15, books, 300],
    [16, music, 500],
    [17, foods, 203],
  ] as const)
    addUsage(draft, { company, subscriber: shared, at: on(draft, BEFORE_CLOSE, hour), amountMinor });
  const unpaid = subscriberSetAside(draft, 25);
  addUsage(draft, { company: foods, subscriber: unpaid, at: on(draft, BEFORE_CLOSE, 18) });
  return {
    early: [{ line: shared.line, result: 'partial', collectedMinor: 503 }],
    late: [
      { line: shared.line, result: 'partial', collectedMinor: 803 },
      { line: unpaid.line, result: 'uncollected', collectedMinor: 0 },
    ],
  };
}
