import type { DemoCompany, DemoMonthlyItem, DemoService } from './demo-company.ts';
import { listDueThrough } from '../../../src/subscriptions/subscription.rules.ts';
import { dayOfMonth } from '../../../src/shared/calendar.rules.ts';
import { HOUR_MS } from './demo-calendar.ts';
import type { Draft } from './draft.ts';
import type { PlannedSubscriber } from './world-plan.ts';

const CHARGES_A_SUBSCRIPTION = 330;
const MAX_SUBSCRIPTIONS = 40;

interface Shelf {
  readonly company: DemoCompany;
  readonly service: DemoService;
  readonly items: readonly DemoMonthlyItem[];
}

/**
 * Plans who subscribes to what, and the charges that come of it: the first subscriber joins, leaves and
 * joins again in one month; the others join in the month, and every fourth leaves again.
 */
export function planSubscriptions(draft: Draft, buyers: readonly PlannedSubscriber[]): void {
  const shelf = findShelf(draft.companies);
  if (!shelf) return;
  const random = draft.random('subscriptions');
  const wanted = Math.min(MAX_SUBSCRIPTIONS, Math.floor(draft.options.charges / CHARGES_A_SUBSCRIPTION));
  const { month } = draft.calendar;
  const [first, ...others] = buyers.slice(0, Math.max(1, wanted));
  const again = { shelf, item: shelf.items[0]!, subscriber: first! };
  const settled = addSubscription(draft, { ...again, joinedOn: `${month}-04`, leftOn: `${month}-12` });
  addSubscription(draft, { ...again, joinedOn: `${month}-20`, settled });
  others.forEach((subscriber, index) => {
    const item = shelf.items[index % shelf.items.length]!;
    const day = random.between(1, 24);
    const leavesAfter = index % 4 === 3 ? random.between(2, 30) : undefined;
    const joinedOn = dayOfMonth(month, day);
    const leftOn = leavesAfter === undefined ? undefined : draft.calendar.dates[day - 1 + leavesAfter];
    addSubscription(draft, { shelf, item, subscriber, joinedOn, ...(leftOn && { leftOn }) });
  });
}

/** The first company that sells by the month; one that sells nothing else comes before the others. */
function findShelf(companies: readonly DemoCompany[]): Shelf | undefined {
  const shelves = companies.flatMap((company) =>
    company.services.flatMap((service) =>
      service.monthly ? [{ company, service, items: service.monthly }] : [],
    ),
  );
  return shelves.find(({ company }) => company.weight === 0) ?? shelves[0];
}

interface Joining {
  readonly shelf: Shelf;
  readonly item: DemoMonthlyItem;
  readonly subscriber: PlannedSubscriber;
  readonly joinedOn: string;
  readonly leftOn?: string;
  /** Last month that an earlier joining has settled. */
  readonly settled?: string | undefined;
}

/** Returns the last month that is settled with it. */
function addSubscription(draft: Draft, joining: Joining): string | undefined {
  const { shelf, item, subscriber, joinedOn, leftOn, settled } = joining;
  const { company, service } = shelf;
  const terms = {
    joinedOn,
    leftOn,
    chargeDay: item.chargeDay,
    firstMonthFree: item.firstMonthFree ?? false,
    lastMonthFree: item.lastMonthFree ?? false,
    renewedThrough: settled,
  };
  const dues = listDueThrough(terms, draft.calendar.endDate);
  for (const { outcome, dueOn } of dues) {
    if (outcome === 'free') continue;
    const at = draft.calendar.instant(dueOn, 12 * HOUR_MS);
    const { amountMinor } = item;
    if (!draft.trySpend(subscriber.line, at, amountMinor)) throw new Error('a subscriber spends too much');
    draft.monthlies.push({ at, company, subscriber, amountMinor });
  }
  draft.subscriptions.push({
    key: `subscription-${draft.subscriptions.length + 1}`,
    at: draft.calendar.instant(joinedOn, 19 * HOUR_MS + draft.subscriptions.length * 7_000),
    ...(leftOn && { leavesAt: draft.calendar.instant(leftOn, 21 * HOUR_MS) }),
    company,
    service,
    item,
    subscriber,
  });
  return dues.at(-1)?.month ?? settled;
}
