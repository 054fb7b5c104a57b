import type { EventBodies } from '../history.ts';
import { sell } from './balances.ts';
import { dayIn, monthIn, plusMonths } from './calendar.ts';
import { pageEnd } from './charges.ts';
import { soldAtOnce } from './consents.ts';
import { taxPercent } from './money.ts';
import { decide, describeJoined, isRefused, NOTHING, refused } from './outcome.ts';
import { tooMuch } from './limits.ts';
import { isContract, mayBuy, sellerOn } from './parties.ts';
import { findPlace, keepPlace } from './periods.ts';
import type { Shadow, ShadowSubscription } from './state.ts';

export function offerSubscription(shadow: Shadow, body: EventBodies['offer-subscription']): string {
  const { subscription, ...terms } = body;
  const contract = sellerOn(shadow, terms, shadow.today);
  if (!isContract(contract)) return contract;
  if (terms.amount > contract.perChargeMax) return refused('amount-above-contract');
  const page = { page: 'open', pageUntilMs: pageEnd(shadow), subscriber: null } as const;
  const fresh = { state: 'pending', joinedOn: null, leftOn: null, settledThrough: null } as const;
  const free = { firstIsFree: false, lastIsFree: false };
  const place = shadow.subscriptions.size;
  shadow.subscriptions.set(subscription, { ...terms, ...page, ...fresh, ...free, place });
  return 'pending';
}

export function join(shadow: Shadow, body: EventBodies['join']): string {
  const subscription = shadow.subscriptions.get(body.subscription);
  const subscriber = shadow.subscribers.get(body.subscriber);
  if (!subscription || !subscriber) return NOTHING;
  const decision = decide(shadow, subscription, 'confirmed');
  if (decision === 'same')
    return subscription.subscriber === body.subscriber
      ? describeJoined(subscription)
      : refused('illegal-state');
  if (decision !== 'new') return decision;
  const contract = sellerOn(shadow, subscription, shadow.today);
  if (!isContract(contract)) return contract;
  if (subscription.amount > contract.perChargeMax) return refused('amount-above-contract');
  if (!mayBuy(shadow, subscriber, shadow.today)) return refused('entitlement-ended');
  if (hasSame(shadow, subscription, body.subscriber)) return refused('already-subscribed');
  const before = { ...subscription };
  const joined = { page: 'confirmed', state: 'active', joinedOn: shadow.today } as const;
  Object.assign(subscription, { ...joined, subscriber: body.subscriber });
  const others = onSameTenure(shadow, subscription);
  subscription.firstIsFree = subscription.firstMonthFree && others.every((other) => other.joinedOn === null);
  const monthBefore = shadow.months.get(monthKey(subscription, monthIn(shadow.today)));
  const ownerBefore = shadow.monthOwners.get(monthKey(subscription, monthIn(shadow.today)));
  const [due] = duesThrough(subscription, shadow.today);
  const outcome = due && settleMonth(shadow, body.subscription, { due, isNight: false });
  if (outcome !== undefined && isRefused(outcome)) {
    const key = monthKey(subscription, due!.month);
    if (monthBefore === undefined) shadow.months.delete(key);
    else shadow.months.set(key, monthBefore);
    if (ownerBefore !== undefined) shadow.monthOwners.set(key, ownerBefore);
    Object.assign(subscription, before);
    return outcome;
  }
  return describeJoined(subscription);
}

function hasSame(
  shadow: Shadow,
  { service, item, company }: ShadowSubscription,
  subscriber: string,
): boolean {
  return [...shadow.subscriptions.values()].some(
    (other) =>
      other.state === 'active' &&
      other.subscriber === subscriber &&
      other.company === company &&
      other.service === service &&
      other.item === item,
  );
}

const itemOf = ({ company, service, item }: ShadowSubscription) => `${company}/${service}/${item}`;

/** Every other subscription that somebody with the line, while its holder was the same, has or had to that item. */
function onSameTenure(shadow: Shadow, one: ShadowSubscription): ShadowSubscription[] {
  if (shadow.faults.givesFreeMonthsAgain) return [];
  const tenureOf = ({ subscriber }: ShadowSubscription) => {
    const buyer = subscriber === null ? undefined : shadow.subscribers.get(subscriber);
    return buyer && `${buyer.line} since ${buyer.holderFrom}`;
  };
  return [...shadow.subscriptions.values()].filter(
    (other) => other !== one && itemOf(other) === itemOf(one) && tenureOf(other) === tenureOf(one),
  );
}

export function declineSubscription(shadow: Shadow, body: EventBodies['decline-subscription']): string {
  const subscription = shadow.subscriptions.get(body.subscription);
  if (!subscription) return NOTHING;
  const decision = decide(shadow, subscription, 'declined');
  if (decision === 'new') Object.assign(subscription, { page: 'declined', state: 'declined' });
  return decision === 'new' || decision === 'same' ? subscription.state : decision;
}

export function leave(shadow: Shadow, body: EventBodies['leave']): string {
  const subscription = shadow.subscriptions.get(body.subscription);
  if (!subscription) return NOTHING;
  if (body.company !== undefined && subscription.company !== body.company)
    return refused('subscription-not-found');
  if (subscription.state === 'leaving' || subscription.state === 'ended') return describeJoined(subscription);
  if (subscription.state !== 'active') return refused('illegal-state');
  const isSettled = (subscription.settledThrough ?? '') >= monthIn(shadow.today);
  const isInTime =
    monthIn(subscription.joinedOn!) !== monthIn(shadow.today) &&
    shadow.today <= dayIn(monthIn(shadow.today), subscription.chargeDay);
  subscription.lastIsFree =
    subscription.lastMonthFree &&
    !isSettled &&
    isInTime &&
    !onSameTenure(shadow, subscription).some(({ lastIsFree }) => lastIsFree);
  Object.assign(subscription, { state: isSettled ? 'ended' : 'leaving', leftOn: shadow.today });
  return describeJoined(subscription);
}

export interface Due {
  readonly month: string;
  readonly on: string;
  readonly free: boolean;
}

/** The months of a subscription due by a day: whole months from joining through leaving, each on its charge day. */
export function duesThrough(subscription: ShadowSubscription, through: string): Due[] {
  const { leftOn, settledThrough, chargeDay, firstIsFree, lastIsFree } = subscription;
  const joinedOn = subscription.joinedOn!;
  const dues: Due[] = [];
  for (let month = monthIn(joinedOn); month <= monthIn(through); month = plusMonths(month, 1)) {
    if (settledThrough !== null && month <= settledThrough) continue;
    if (leftOn !== null && month > monthIn(leftOn)) break;
    const isFirst = month === monthIn(joinedOn);
    const isLast = leftOn !== null && month === monthIn(leftOn);
    const chargeDate = dayIn(month, chargeDay);
    const wanted = isFirst && joinedOn > chargeDate ? joinedOn : chargeDate;
    const on = isLast && leftOn < wanted ? leftOn : wanted;
    if (on <= through) dues.push({ month, on, free: isFirst ? firstIsFree : isLast && lastIsFree });
  }
  return dues;
}

export const monthKey = ({ subscriber, company, service, item }: ShadowSubscription, month: string): string =>
  `${subscriber}|${company}/${service}|${item}|${month}`;

interface MonthToSettle {
  readonly due: Due;
  /** A night keeps what it looked at, also when it refuses; a joining that is refused has never been. */
  readonly isNight: boolean;
}

/** Settles one due month; `waiting` leaves it due. Refused or free, a month is over. */
export function settleMonth(shadow: Shadow, name: string, month: MonthToSettle): string {
  const subscription = shadow.subscriptions.get(name)!;
  const key = monthKey(subscription, month.due.month);
  const isOver = shadow.months.has(key) && !isBack(shadow, name, month.due);
  const outcome = isOver ? 'taken' : chargeMonth(shadow, name, month);
  if (outcome === 'waiting') return outcome;
  subscription.settledThrough = month.due.month;
  if (outcome === 'taken') return outcome;
  shadow.months.set(key, isRefused(outcome) ? 'refused' : outcome);
  shadow.monthOwners.set(key, name);
  return outcome;
}

/**
 * Who left in a month, got it for nothing or got it back, and is back in it, is to pay for it like anybody else.
 */
function isBack(shadow: Shadow, name: string, { month, free }: Due): boolean {
  const subscription = shadow.subscriptions.get(name)!;
  const key = monthKey(subscription, month);
  if (free) return false;
  const owner = shadow.monthOwners.get(key);
  const had = shadow.charges.get(`${owner} ${month}`);
  if (had?.captured && owner !== name) return had.captured.amount === had.refunded;
  if (shadow.months.get(key) !== 'free') return false;
  return onSameTenure(shadow, subscription).some(
    ({ subscriber, leftOn, lastIsFree }) =>
      lastIsFree && subscriber === subscription.subscriber && monthIn(leftOn!) === month,
  );
}

function chargeMonth(shadow: Shadow, name: string, { due, isNight }: MonthToSettle): string {
  if (due.free) return 'free';
  const subscription = shadow.subscriptions.get(name)!;
  const contract = sellerOn(shadow, subscription, due.on);
  if (contract === refused('contract-missing')) return 'waiting';
  if (!isContract(contract)) return contract;
  const { amount, company, service, taxCode } = subscription;
  const subscriber = shadow.subscribers.get(subscription.subscriber!)!;
  const { line, holderFrom } = subscriber;
  const place = findPlace(shadow, subscriber, due.on);
  if (isNight) keepPlace(shadow, subscriber, place);
  const { period, group, late } = place;
  if (late && contract.lateCharges === 'refuse') return refused('period-closed');
  const excess = tooMuch(shadow, { subscriber, contract, date: due.on, period, amount });
  if (excess) return excess;
  keepPlace(shadow, subscriber, place);
  const charge = soldAtOnce(shadow, { company, service, kind: 'monthly', amount, taxCode });
  Object.assign(charge, { subscriber: subscription.subscriber, line, holderFrom });
  shadow.charges.set(`${name} ${due.month}`, charge);
  const percent = taxPercent(shadow.taxRises, taxCode, due.on)!;
  sell(shadow, charge, { amount, businessDate: due.on, period, group, late, percent });
  return 'charged';
}
