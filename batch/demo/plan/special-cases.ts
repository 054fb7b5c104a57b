import { addUsage } from './add-usage.ts';
import { addDays, addMonths, dayOfMonth, periodRange } from '../../../src/shared/calendar.rules.ts';
import { HOUR_MS, MINUTE_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import { isMover, MOVE_DAY } from './plan-lines.ts';
import { hasLinesSetAside } from './set-aside.ts';
import { planSpecialRefunds } from './special-refunds.ts';
import { planResults } from './special-results.ts';
import type { PlannedUsage } from './world-plan.ts';

/** The cases that are easy to get wrong, in every world whatever its size. */
export function planSpecialCases(draft: Draft): void {
  planMidnights(draft);
  planMove(draft);
  planSingleSales(draft);
  if (hasLinesSetAside(draft.options)) planSpecialRefunds(draft);
  planResults(draft);
}

/** On a closing day: its first millisecond, its last, and the first of the day after, which is another period. */
function planMidnights(draft: Draft): void {
  const line = draft.lines.find(({ closingGroup }) => closingGroup === 10)!;
  const { closesOn } = periodRange(draft.calendar.month, line.closingGroup);
  const midnight = draft.calendar.instant(closesOn, 0);
  const nextMidnight = draft.calendar.instant(closesOn, 24 * HOUR_MS);
  for (const at of [midnight, nextMidnight - 1, nextMidnight]) {
    addUsage(draft, { company: draft.companies[0]!, subscriber: draft.subscriber(line), at });
  }
}

/** A line changes hands: its former holder's consent ends, the new holder agrees and buys. */
function planMove(draft: Draft): void {
  const { calendar, companies } = draft;
  const line = draft.lines.find(isMover)!;
  const company = companies[Math.min(3, companies.length - 1)]!;
  const former = draft.subscriber(line);
  const on = (day: number, ms: number) => calendar.instant(dayOfMonth(calendar.month, day), ms);
  const [displayName = ''] = line.nextHolder!.holder.split(' ').slice(-1);
  const newcomer = { key: `${line.lineId}|next`, line, displayName, at: on(MOVE_DAY, 10 * HOUR_MS) };
  const next = draft.addSubscriber(newcomer, true);
  draft.consent(company, company.services[0], next, on(MOVE_DAY, 10 * HOUR_MS + 30 * MINUTE_MS));
  const used = addUsage(draft, { company, subscriber: former, at: on(MOVE_DAY - 8, 20 * HOUR_MS) });
  refundMoved(draft, used);
  addUsage(draft, { company, subscriber: former, at: on(MOVE_DAY + 1, 20 * HOUR_MS), isRefused: true });
  addUsage(draft, { company, subscriber: next, at: on(MOVE_DAY + 2, 20 * HOUR_MS) });
}

/** The former holder gets something back when every invoice of that tenure has closed: by bank. */
function refundMoved(draft: Draft, usage: PlannedUsage): void {
  const { calendar, refunds } = draft;
  const { closesOn } = periodRange(calendar.month, usage.subscriber.line.closingGroup);
  const at = calendar.instant(addDays(closesOn, 4), 11 * HOUR_MS);
  if (calendar.businessDate(at) > calendar.lastDate) return;
  refunds.push({ at, usage, reason: 'defective', paidBy: 'bank' });
}

/** A company with one line and one charge: everything it has is a single figure. */
function planSingleSales(draft: Draft): void {
  const { month } = draft.calendar;
  for (const company of draft.companies.filter(({ isSingleSale }) => isSingleSale)) {
    const line = draft.lines.find(({ closingGroup }) => closingGroup === 20)!;
    const at = draft.calendar.instant(dayOfMonth(addMonths(month, 1), 3), 15 * HOUR_MS);
    addUsage(draft, { company, subscriber: draft.subscriber(line), at });
  }
}
