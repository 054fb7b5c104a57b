import type { ClosingGroup } from '../../../src/shared/calendar.rules.ts';
import { addUsage } from './add-usage.ts';
import type { DemoCompany } from './demo-company.ts';
import type { Draft } from './draft.ts';
import { AFTER_CLOSE, BEFORE_CLOSE, companyNamed, on, subscriberSetAside } from './set-aside.ts';
import type { PlannedLine, PlannedOutcome } from './world-plan.ts';

/** What the carrier says in each of its files of a month that is not simply collected. */
export interface MonthOutcomes {
  readonly first: readonly PlannedOutcome[];
  readonly second: readonly PlannedOutcome[];
  readonly last: readonly PlannedOutcome[];
  /** After everything was due. */
  readonly later: readonly PlannedOutcome[];
}

export const NOTHING_SPECIAL: MonthOutcomes = { first: [], second: [], last: [], later: [] };

/** Of 1,003 yen over three companies 500 are not collected, which leaves a remainder of one yen: 150, 249 and 101. */
const SHARED_MINOR = [300, 500, 203] as const;
const PARTLY = { result: 'partial', collectedMinor: 503 } as const;
const MORE = { result: 'partial', collectedMinor: 803 } as const;
const UNCOLLECTED = { result: 'uncollected', collectedMinor: 0 } as const;
const PENDING = { result: 'pending', collectedMinor: 0 } as const;
const COLLECTED = { result: 'collected' } as const;

interface Sellers {
  readonly books: DemoCompany;
  readonly music: DemoCompany;
  readonly foods: DemoCompany;
}

/**
 * Of the month before: a part of an invoice over three companies is not collected, and later a part of that is, neither of which
 * divides evenly; another invoice is not collected at all.
 */
export function planUncollectedBefore(draft: Draft): MonthOutcomes {
  const sellers = findSellers(draft);
  if (!sellers) return NOTHING_SPECIAL;
  const shared = buyOfThree(draft, sellers, { group: 5, day: BEFORE_CLOSE });
  const unpaid = subscriberSetAside(draft, 25);
  addUsage(draft, { company: sellers.foods, subscriber: unpaid, at: on(draft, BEFORE_CLOSE, 18) });
  return {
    ...NOTHING_SPECIAL,
    first: [{ line: shared, ...PARTLY }],
    last: [
      { line: shared, ...MORE },
      { line: unpaid.line, ...UNCOLLECTED },
    ],
  };
}

/**
 * Of the demo's month: a part of an invoice over three companies is not collected, and all of it the month after; one debit is
 * tried again, which claws nothing back; one invoice is never collected.
 */
export function planUncollectedInMonth(draft: Draft): MonthOutcomes {
  const sellers = findSellers(draft);
  if (!sellers) return NOTHING_SPECIAL;
  const { books, foods } = sellers;
  const shared = buyOfThree(draft, sellers, { group: 31, day: AFTER_CLOSE });
  const retried = subscriberSetAside(draft, 20);
  addUsage(draft, { company: books, subscriber: retried, at: on(draft, 12, 15, 1) });
  const unpaid = subscriberSetAside(draft, 25);
  for (const company of [books, foods])
    addUsage(draft, { company, subscriber: unpaid, at: on(draft, 12, 16, 1) });
  return {
    first: [{ line: shared, ...PARTLY }],
    second: [
      { line: shared, ...COLLECTED },
      { line: retried.line, ...PENDING },
    ],
    last: [{ line: unpaid.line, ...UNCOLLECTED }],
    later: [{ line: retried.line, ...COLLECTED }],
  };
}

function findSellers(draft: Draft): Sellers | undefined {
  const [books, music, foods] = ['kotonoha', 'sazanami', 'hakoniwa'].map((code) => companyNamed(draft, code));
  return books && music && foods ? { books, music, foods } : undefined;
}

/** A line buys of three companies; returns it. */
function buyOfThree(
  draft: Draft,
  { books, music, foods }: Sellers,
  { group, day }: { readonly group: ClosingGroup; readonly day: number },
): PlannedLine {
  const subscriber = subscriberSetAside(draft, group);
  for (const [index, company] of [books, music, foods].entries())
    addUsage(draft, {
      company,
      subscriber,
      at: on(draft, day, 15 + index),
      amountMinor: SHARED_MINOR[index]!,
    });
  return subscriber.line;
}
