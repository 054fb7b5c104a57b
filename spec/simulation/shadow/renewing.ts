import { plusDays } from './calendar.ts';
import { tenureOf } from './parties.ts';
import type { Shadow, ShadowSubscription } from './state.ts';
import { duesThrough, settleMonth, type Due } from './subscriptions.ts';

interface Plan {
  readonly name: string;
  readonly subscription: ShadowSubscription;
  readonly dues: readonly Due[];
  readonly endsOn: string | undefined;
}

/** Month after month, the oldest of each subscription first; of one day, the older subscription first. */
export function* renew(
  shadow: Shadow,
  businessDate: string,
  state: 'active' | 'leaving',
): Generator<void, void> {
  let names = [...shadow.subscriptions].filter(([, one]) => one.state === state).map(([name]) => name);
  while (names.length > 0) {
    const plans = names.map((name) => planOf(shadow, name, businessDate));
    const inOrder = plans.toSorted((a, b) => compareDue(a, b));
    names = [];
    for (const plan of inOrder) if (visit(shadow, plan)) names.push(plan.name);
    yield;
  }
}

function compareDue(a: Plan, b: Plan): number {
  const [dueA, dueB] = [a.dues[0]?.on ?? '', b.dues[0]?.on ?? ''];
  return dueA === dueB ? a.subscription.place - b.subscription.place : dueA < dueB ? -1 : 1;
}

/** Settles the oldest month and perhaps ends the subscription; true when there is more to settle. */
function visit(shadow: Shadow, { name, subscription, dues, endsOn }: Plan): boolean {
  const [due] = dues;
  const isWaiting = due !== undefined && settleMonth(shadow, name, { due, isNight: true }) === 'waiting';
  if (isWaiting) return false;
  if (dues.length > 1) return true;
  if (endsOn !== undefined) Object.assign(subscription, { state: 'ended', leftOn: endsOn });
  return false;
}

/** The months of a subscription due by a day, as far as line and subscriber were entitled, and its last day if past. */
function planOf(shadow: Shadow, name: string, businessDate: string): Plan {
  const subscription = shadow.subscriptions.get(name)!;
  const { leftOn } = subscription;
  const entitled = entitledUntil(shadow, subscription, businessDate);
  if (entitled === undefined || (leftOn !== null && leftOn <= entitled)) {
    const endsOn = leftOn !== null && leftOn <= businessDate ? leftOn : undefined;
    return { name, subscription, dues: duesThrough(subscription, businessDate), endsOn };
  }
  const joinedOn = subscription.joinedOn!;
  const dues = duesThrough({ ...subscription, leftOn: null }, entitled);
  return { name, subscription, dues, endsOn: entitled < joinedOn ? joinedOn : entitled };
}

function entitledUntil(shadow: Shadow, subscription: ShadowSubscription, day: string): string | undefined {
  const subscriber = shadow.subscribers.get(subscription.subscriber!)!;
  const { to } = tenureOf(shadow, subscriber);
  const { endedOn } = subscriber;
  const ends = [
    ...(shadow.lines.get(subscriber.line)!.status === 'active' ? [] : [plusDays(day, -1)]),
    ...(to !== null && to <= day ? [plusDays(to, -1)] : []),
    ...(endedOn !== null && endedOn <= day ? [endedOn] : []),
  ];
  return ends.sort()[0];
}
