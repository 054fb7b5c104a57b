import type { EventBodies } from '../history.ts';
import { GROUPS } from '../plan/world-plan.ts';
import { closeOf, periodAt, plusDays } from './calendar.ts';
import { end } from './charges.ts';
import { importRows } from './lines.ts';
import { tenureOf } from './parties.ts';
import { periodOf } from './periods.ts';
import { settleCompanies } from './settling.ts';
import { periodKey, type Shadow, type ShadowSubscription } from './state.ts';
import { duesThrough, settleMonth, type Due } from './subscriptions.ts';

/** A night, in one go. */
export function passNight(shadow: Shadow, body: EventBodies['night']): string {
  const steps = stepsOfNight(shadow, body);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** A night: what was done for a business date is not done again. Between its steps, people go on buying. */
export function* stepsOfNight(
  shadow: Shadow,
  { businessDate }: EventBodies['night'],
): Generator<void, string> {
  if (shadow.nights.has(businessDate)) return 'done';
  shadow.nights.add(businessDate);
  for (const rows of shadow.inbox.splice(0)) importRows(shadow, rows);
  yield;
  for (const state of ['active', 'leaving'] as const) yield* renew(shadow, businessDate, state);
  expire(shadow);
  yield;
  forgetAnswers(shadow);
  yield;
  fold(shadow, businessDate);
  yield;
  yield* close(shadow, businessDate);
  settleCompanies(shadow, businessDate);
  return 'done';
}

const WEEK_MS = 7 * 86_400_000;

/** A request that comes again after a week is a new one. */
function forgetAnswers({ answers, nowMs }: Shadow): void {
  for (const [key, { atMs }] of answers) if (atMs < nowMs - WEEK_MS) answers.delete(key);
}

interface Plan {
  readonly name: string;
  readonly subscription: ShadowSubscription;
  readonly dues: readonly Due[];
  readonly endsOn: string | undefined;
}

/** Month after month, the oldest of each subscription first; of one day, the older subscription first. */
function* renew(shadow: Shadow, businessDate: string, state: 'active' | 'leaving'): Generator<void, void> {
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

/** What a subscription owes by a day, as far as line and person were entitled, and its last day if that has come. */
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

function expire(shadow: Shadow): void {
  for (const charge of shadow.charges.values()) {
    const isOpen = charge.state === 'pending' || charge.state === 'authorized';
    if (isOpen && charge.openUntilMs !== null && charge.openUntilMs <= shadow.nowMs)
      end(shadow, charge, 'expired');
  }
  const pages = [shadow.charges, shadow.consents, shadow.subscriptions].flatMap((all) => [...all.values()]);
  for (const page of pages) {
    if (page.page !== 'open' || page.pageUntilMs > shadow.nowMs) continue;
    page.page = 'expired';
    if (page.state === 'pending') page.state = 'expired';
  }
}

function fold(shadow: Shadow, businessDate: string): void {
  for (const charge of shadow.charges.values()) {
    if (charge.captured && charge.captured.businessDate <= businessDate) charge.folded = true;
  }
}

/** Closes what was to close by now, groups in which nothing was sold included, and folds the rest of them. */
function* close(shadow: Shadow, businessDate: string): Generator<void, void> {
  const today = GROUPS.map((group) => ({ group, period: periodAt(businessDate, group) }));
  const closing = today.filter(({ group, period }) => closeOf(period, group) === businessDate);
  const months = new Set([...closing, ...shadow.periods.values()].map(({ period }) => period));
  for (const period of months) {
    for (const group of GROUPS) {
      if (closeOf(period, group) > businessDate) continue;
      periodOf(shadow, period, group).closed = true;
      foldRest(shadow, periodKey(period, group));
      yield;
    }
  }
}

function foldRest(shadow: Shadow, key: string): void {
  for (const charge of shadow.charges.values()) {
    const { captured } = charge;
    if (captured && periodKey(captured.period, captured.group) === key) charge.folded = true;
  }
}
