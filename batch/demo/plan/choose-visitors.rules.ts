import { isMover } from './plan-lines.ts';
import type { DemoEvent, PlannedSubscriber, WorldPlan } from './world-plan.ts';

/** Somebody whose pages have something to see, and what. */
export interface Visitor {
  readonly subscriber: PlannedSubscriber;
  readonly shows: string;
}

type WithPassword = (subscriber: PlannedSubscriber | undefined) => subscriber is PlannedSubscriber;

const hasPassword: WithPassword = (subscriber): subscriber is PlannedSubscriber =>
  subscriber?.password !== undefined;

/**
 * Chooses whose sign-ins a demo prints: somebody whose subscription continues, the most frequent buyer, and the new holder of a
 * line that has moved. A small world may lack one of them.
 */
export function chooseVisitors({ events, subscribers }: WorldPlan): Visitor[] {
  const withPassword = subscribers.filter(hasPassword);
  const joined = events.findLast(
    (event) => event.kind === 'join' && event.subscription.leavesAt === undefined,
  );
  const counts = countPurchases(events);
  const frequent = withPassword.toSorted(
    (one, other) => (counts.get(other.key) ?? 0) - (counts.get(one.key) ?? 0),
  );
  const chosen = [
    {
      subscriber: joined?.kind === 'join' ? joined.subscription.subscriber : undefined,
      shows: 'has a monthly subscription',
    },
    { subscriber: frequent[0], shows: 'buys most often' },
    {
      subscriber: withPassword.findLast(({ line }) => isMover(line)),
      shows: 'took over a line during the month',
    },
  ];
  const seen = new Set<string>();
  return chosen.flatMap(({ subscriber, shows }) => {
    if (!hasPassword(subscriber) || seen.has(subscriber.key)) return [];
    seen.add(subscriber.key);
    return [{ subscriber, shows }];
  });
}

/** Purchases by the key of their subscriber. */
function countPurchases(events: readonly DemoEvent[]): Map<string, number> {
  const buyers = events.flatMap((event) => {
    if (event.kind === 'usage') return [event.usage.subscriber.key];
    if (event.kind === 'checkout') return [event.checkout.subscriber.key];
    if (event.kind === 'usage-batch' || event.kind === 'usage-file')
      return event.usages.map(({ subscriber }) => subscriber.key);
    return [];
  });
  const counts = new Map<string, number>();
  for (const key of buyers) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
