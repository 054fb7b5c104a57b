import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { declineSubscription } from '../../../src/subscriptions/decline-subscription.ts';
import { joinSubscription } from '../../../src/subscriptions/join-subscription.ts';
import { cancelSubscription } from '../../../src/subscriptions/cancel-subscription.ts';
import type { EventBodies, SimEvent } from '../history.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Planner } from '../plan/planner.ts';
import { joinedWords } from '../service/free-words.ts';
import { SITE } from '../service/create-service.ts';
import { NOTHING } from '../shadow/outcome.ts';
import * as shadow from '../shadow/subscriptions.ts';
import type { EventKinds } from './event-kind.ts';
import { keyOf, signedIn, staff, visitorOf } from '../../support/actors.ts';

type SubscriptionKinds = 'offer-subscription' | 'join' | 'decline-subscription' | 'leave';

export const subscriptionKinds: Pick<EventKinds, SubscriptionKinds> = {
  'offer-subscription': {
    weight: 10,
    plan: planSubscription,
    foresee: shadow.offerSubscription,
    async perform({ deps, names }, { subscription, company, service, item, amount, ...terms }) {
      const created = await createSubscription(deps, keyOf(names.companies.idOf(company)!), {
        ...terms,
        serviceCode: service,
        itemCode: item,
        amountMinor: BigInt(amount),
        description: subscription,
        returnUrl: `${SITE}/joined`,
      });
      names.subscriptions.set(subscription, created.id);
      return created.state;
    },
  },
  join: {
    foresee: shadow.join,
    async perform(service, { subscription, subscriber }) {
      const { deps, names } = service;
      const [subscriptionId, buyer] = [names.subscriptions.idOf(subscription), names.buyers.get(subscriber)];
      if (!subscriptionId || !buyer) return NOTHING;
      await joinSubscription(deps, signedIn(buyer), { subscriptionId });
      return joinedWords(service, subscriptionId);
    },
  },
  'decline-subscription': {
    foresee: shadow.declineSubscription,
    async perform({ deps, names }, { subscription }) {
      const subscriptionId = names.subscriptions.idOf(subscription);
      return subscriptionId
        ? (await declineSubscription(deps, visitorOf(subscriptionId), { subscriptionId })).state
        : NOTHING;
    },
  },
  leave: {
    foresee: shadow.leave,
    async perform(service, { subscription, company }) {
      const { deps, names } = service;
      const subscriptionId = names.subscriptions.idOf(subscription);
      if (!subscriptionId) return NOTHING;
      const actor = company === undefined ? staff() : keyOf(names.companies.idOf(company)!);
      await cancelSubscription(deps, actor, { subscriptionId });
      return joinedWords(service, subscriptionId);
    },
  },
};

type Terms = Omit<EventBodies['offer-subscription'], 'subscription'>;

function planSubscription(planner: Planner, atMs: number): void {
  if (planner.oneIn(4)) planComingsAndGoings(planner, atMs);
  else planStay(planner, atMs);
}

/**
 * A subscriber who seeks free months: cancels early in each month, and rejoins a day or two later, sometimes under another
 * issued ID of the line. At times all of them come at once, or leave at once.
 */
function planComingsAndGoings(planner: Planner, atMs: number): void {
  const { random } = planner;
  const { line } = random.pick(planner.subscribers);
  const ofLine = planner.subscribers.filter((one) => one.line === line);
  const terms: Terms = {
    ...planner.seller(),
    amount: random.pick([100, 300, 500]),
    taxCode: 'standard',
    item: random.pick(['gold', 'silver']),
    chargeDay: random.pick([1, 3, 5, 10, 31]),
    firstMonthFree: !planner.oneIn(4),
    lastMonthFree: !planner.oneIn(4),
  };
  let fromMs = atMs;
  for (let round = random.between(2, 5); round > 0; round -= 1) {
    const comers = planner.oneIn(3) ? ofLine : [random.pick(ofLine)];
    const stays = comers.map(({ subscriber }) => ({ subscription: planner.name('sb'), subscriber }));
    const offers = stays.map(({ subscription }) => ({ subscription, ...terms }));
    for (const offer of offers) planner.addExactly(fromMs, 'offer-subscription', offer);
    planAtOnce(planner, fromMs + MINUTE_MS, stays, 'join');
    for (const { subscription } of stays)
      planner.joined.push({ subscription, company: terms.company, atMs: fromMs });
    const month = Temporal.PlainDate.from(planner.dateOf(fromMs)).toPlainYearMonth().add({ months: 1 });
    const leftOn = month.toPlainDate({ day: random.pick([1, 2, 3, 5]) }).toString();
    const leftMs = planner.momentOf(leftOn);
    const leaves = stays.map(({ subscription }) => ({ subscription }));
    planAtOnce(planner, leftMs, leaves, 'leave');
    fromMs = leftMs + random.pick([MINUTE_MS, HOUR_MS, DAY_MS, DAY_MS, 2 * DAY_MS, 40 * DAY_MS]);
  }
}

/** Several like things at one moment: at once, or one after the other. */
function planAtOnce<K extends 'join' | 'leave'>(
  planner: Planner,
  atMs: number,
  bodies: readonly EventBodies[K][],
  kind: K,
): void {
  if (bodies.length === 1 || planner.oneIn(2)) {
    for (const body of bodies) planner.addExactly(atMs, kind, body);
    return;
  }
  const at = new Date(atMs).toISOString();
  const events = bodies.map((body) => ({ at, kind, body }) as SimEvent);
  planner.addExactly(atMs, 'at-once', { events });
}

/** A subscriber joins, may cancel, and may rejoin on the same day, in the same month or later. */
function planStay(planner: Planner, atMs: number): void {
  const { random } = planner;
  const { subscriber } = random.pick(planner.subscribers);
  const terms: Terms = {
    ...planner.seller(),
    amount: random.pick([100, 300, 500, 980, 1_100, 3_000]),
    taxCode: planner.taxCode(planner.dateOf(atMs)),
    item: random.pick(['gold', 'silver']),
    chargeDay: random.pick([1, 5, 10, random.between(1, 25), 25, 31, 31]),
    firstMonthFree: planner.oneIn(4),
    lastMonthFree: planner.oneIn(2),
  };
  let fromMs = atMs;
  for (let round = 0; round < random.pick([1, 1, 2, 3]); round += 1) {
    const subscription = planner.name('sb');
    planner.add(fromMs, 'offer-subscription', { subscription, ...terms });
    const joinedMs = fromMs + random.below(31 * MINUTE_MS);
    if (planner.oneIn(12)) return planner.add(joinedMs, 'decline-subscription', { subscription });
    planJoining(planner, joinedMs, { subscription, subscriber });
    planner.joined.push({ subscription, company: terms.company, atMs: joinedMs });
    if (planner.oneIn(3)) return;
    const leftMs = planner.oneIn(terms.lastMonthFree ? 2 : 8)
      ? endOfChargeDay(planner, joinedMs, terms) + random.pick([-1, 0])
      : joinedMs +
        random.pick([MINUTE_MS, random.below(DAY_MS), random.below(20 * DAY_MS), random.below(90 * DAY_MS)]);
    const byCompany = planner.oneIn(2) ? { company: terms.company } : {};
    planner.add(leftMs, 'leave', { subscription, ...byCompany });
    if (planner.oneIn(8)) planner.add(leftMs + HOUR_MS, 'leave', { subscription });
    fromMs = leftMs + random.pick([MINUTE_MS, random.below(3 * DAY_MS), random.below(40 * DAY_MS)]);
  }
}

/** Where a last month stops being free: in one of the months to come, when its charge day is over and its night has not been. */
function endOfChargeDay(planner: Planner, joinedMs: number, { chargeDay }: Terms): number {
  const joined = Temporal.PlainDate.from(planner.dateOf(joinedMs)).toPlainYearMonth();
  const month = joined.add({ months: planner.random.pick([1, 1, 2]) });
  return planner.startOf(month.toPlainDate({ day: chargeDay }).add({ days: 1 }).toString());
}

function planJoining(planner: Planner, atMs: number, body: EventBodies['join']): void {
  if (!planner.oneIn(6)) return planner.add(atMs, 'join', body);
  const join: SimEvent = { at: new Date(atMs).toISOString(), kind: 'join', body };
  planner.add(atMs, 'at-once', { events: [join, join] });
}
