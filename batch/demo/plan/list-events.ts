import { addDays, dayOfMonth, periodsClosingOn } from '../../../src/shared/calendar.rules.ts';
import { HOUR_MS, listDates, MINUTE_MS, NIGHT_AFTER_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import { MOVE_DAY } from './plan-lines.ts';
import { listPayoutEvents } from './plan-payouts.ts';
import type { DemoEvent, PlannedConsent, PlannedRefund, PlannedUsage } from './world-plan.ts';

/** A day's usage file reaches us after its midnight and before its night. */
const FILE_AFTER_MS = 10 * MINUTE_MS;
/** The carrier announces a move some days ahead. */
const ANNOUNCED_DAYS_AHEAD = 5;
const ACCOUNT_AFTER_MS = 3 * 24 * HOUR_MS;

/** Everything that happens in the world, in order; what happens at one instant keeps the order of the plan. */
export function listEvents(draft: Draft): DemoEvent[] {
  const events: DemoEvent[] = [
    ...listMasterData(draft),
    ...listUsageEvents(draft),
    ...listCheckoutEvents(draft),
    ...listSubscriptionEvents(draft),
    ...draft.refunds.flatMap(listRefundEvents),
    ...draft.results.map(({ at, ...results }): DemoEvent => ({ kind: 'results-file', at, results })),
    ...listPayoutEvents(draft.calendar),
  ];
  return [...events, ...listNights(draft, events)].sort((one, other) => one.at - other.at);
}

/** The line master before the first night, and the move some days before it happens. */
function listMasterData({ calendar, lines, subscribers, consents }: Draft): DemoEvent[] {
  const announced = dayOfMonth(calendar.month, MOVE_DAY - ANNOUNCED_DAYS_AHEAD);
  const known = lines.map((line) => ({ line, holder: line.holder }));
  const moves = lines.flatMap((line) => (line.nextHolder ? [{ line, holder: line.nextHolder }] : []));
  return [
    { kind: 'line-file', at: calendar.instant(calendar.setUpDate, 20 * HOUR_MS), tenures: known },
    { kind: 'line-file', at: calendar.instant(announced, 20 * HOUR_MS), tenures: moves },
    ...groupByInstant([...subscribers.values()], (at, all) => ({ kind: 'issue', at, subscribers: all })),
    ...listConsentEvents([...consents.values()]),
  ];
}

/** A subscriber with a password agrees on the checkout page. */
function isOnPage({ subscriber }: PlannedConsent): boolean {
  return subscriber.password !== undefined;
}

function listConsentEvents(consents: readonly PlannedConsent[]): DemoEvent[] {
  return [
    ...consents.filter(isOnPage).map((consent): DemoEvent => ({ kind: 'agree', at: consent.at, consent })),
    ...groupByInstant(
      consents.filter((consent) => !isOnPage(consent)),
      (at, all) => ({ kind: 'agreed', at, consents: all }),
    ),
  ];
}

/** One event for all that happens at an instant. */
function groupByInstant<T extends { readonly at: number }>(
  all: readonly T[],
  toEvent: (at: number, group: readonly T[]) => DemoEvent,
): DemoEvent[] {
  return [...Map.groupBy(all, ({ at }) => at)].map(([at, group]) => toEvent(at, group));
}

/** Single uses as they happen; requests of many by company and instant; files by company and day. */
function listUsageEvents({ usages, calendar }: Draft): DemoEvent[] {
  const sorted = usages.toSorted((one, other) => one.at - other.at);
  const single = sorted.filter(({ via }) => via === 'single');
  const batches = Map.groupBy(
    sorted.filter(({ via }) => via === 'batch'),
    (usage) => `${usage.company.code}|${usage.at}`,
  );
  const files = Map.groupBy(
    sorted.filter(({ via }) => via === 'file'),
    (usage) => `${usage.company.code}|${calendar.businessDate(usage.at)}`,
  );
  const fileAt = ([first]: readonly PlannedUsage[]) =>
    calendar.instant(addDays(calendar.businessDate(first!.at), 1), FILE_AFTER_MS);
  return [
    ...single.map((usage): DemoEvent => ({ kind: 'usage', at: usage.at, usage })),
    ...[...batches.values()].map((all): DemoEvent => {
      const [{ at, company }] = all as [PlannedUsage, ...PlannedUsage[]];
      return { kind: 'usage-batch', at, company, usages: all };
    }),
    ...[...files.values()].map((all): DemoEvent => {
      const [{ company }] = all as [PlannedUsage, ...PlannedUsage[]];
      return { kind: 'usage-file', at: fileAt(all), company, usages: all };
    }),
  ];
}

function listCheckoutEvents({ checkouts }: Draft): DemoEvent[] {
  return checkouts.flatMap((checkout): DemoEvent[] => {
    const { ending, at } = checkout;
    const asked: DemoEvent = { kind: 'checkout', at, checkout };
    if (ending.kind === 'captured-later') {
      return [asked, { kind: 'capture', at: ending.at, checkout, amountMinor: ending.amountMinor }];
    }
    return ending.kind === 'cancelled' ? [asked, { kind: 'cancel', at: ending.at, checkout }] : [asked];
  });
}

function listSubscriptionEvents({ subscriptions }: Draft): DemoEvent[] {
  return subscriptions.flatMap((subscription): DemoEvent[] => [
    { kind: 'join', at: subscription.at, subscription },
    ...(subscription.leavesAt === undefined
      ? []
      : [{ kind: 'leave', at: subscription.leavesAt, subscription } as const]),
  ]);
}

/** What goes back by bank needs an account, which the former holder names some days later. */
function listRefundEvents(refund: PlannedRefund): DemoEvent[] {
  const { at, paidBy, usage } = refund;
  const given: DemoEvent = { kind: 'refund', at, refund };
  if (paidBy === 'invoice') return [given];
  return [given, { kind: 'refund-account', at: at + ACCOUNT_AFTER_MS, subscriber: usage.subscriber }];
}

/**
 * The night before the first day too: it brings the line master in and closes the month before. When the last group of the month
 * has closed, the clock jumps over quiet days: only those have a night on which something happens, is charged or closes.
 */
function listNights({ calendar, monthlies }: Draft, events: readonly DemoEvent[]): DemoEvent[] {
  const { setUpDate, dates, lastDate, lastDays, endDate } = calendar;
  const busy = new Set([...events, ...monthlies].map(({ at }) => calendar.businessDate(at)));
  const later = listDates(addDays(lastDate, 1), endDate).filter(
    (date) => busy.has(date) || lastDays.includes(date) || periodsClosingOn(date).length > 0,
  );
  return [setUpDate, ...dates, ...later].map((businessDate) => ({
    kind: 'night',
    at: calendar.instant(addDays(businessDate, 1), NIGHT_AFTER_MS),
    businessDate,
  }));
}
