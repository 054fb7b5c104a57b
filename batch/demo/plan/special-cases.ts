import type { DemoCompany } from './demo-sellers.ts';
import { addMonths, dayOfMonth, periodRange } from '../../../src/shared/calendar.rules.ts';
import { HOUR_MS, MINUTE_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import { isMover, MOVE_DAY } from './plan-lines.ts';
import type { PlannedLine, PlannedSubscriber, PlannedUsage } from './world-plan.ts';

/** The cases that are easy to get wrong, in every world whatever its size. */
export function planSpecialCases(draft: Draft): void {
  planMidnights(draft);
  planMove(draft);
  planSingleSales(draft);
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
  addUsage(draft, { company, subscriber: former, at: on(MOVE_DAY - 8, 20 * HOUR_MS) });
  addUsage(draft, { company, subscriber: former, at: on(MOVE_DAY + 1, 20 * HOUR_MS), isRefused: true });
  addUsage(draft, { company, subscriber: next, at: on(MOVE_DAY + 2, 20 * HOUR_MS) });
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

interface SpecialUsage {
  readonly company: DemoCompany;
  readonly subscriber: PlannedSubscriber;
  readonly at: number;
  readonly isRefused?: true;
}

function addUsage(draft: Draft, { company, subscriber, at, isRefused }: SpecialUsage): void {
  const [service] = company.services;
  const [goods] = service.goods;
  const amountMinor = goods!.pricesMinor[0]!;
  const usage: PlannedUsage = {
    at,
    company,
    service,
    subscriber,
    goods: goods!,
    amountMinor,
    consent: draft.consent(company, service, subscriber),
    via: 'single',
    ...(isRefused && { isRefused }),
  };
  draft.usages.push(usage);
  if (!isRefused) spendOrFail(draft, subscriber.line, usage);
}

function spendOrFail(draft: Draft, line: PlannedLine, { at, amountMinor }: PlannedUsage): void {
  if (!draft.trySpend(line, at, amountMinor))
    throw new Error(`line ${line.lineId} has spent too much already`);
}
