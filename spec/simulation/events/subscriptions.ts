import { createSubscription } from '../../../src/subscriptions/create-subscription.ts';
import { declineSubscription } from '../../../src/subscriptions/decline-subscription.ts';
import { joinSubscription } from '../../../src/subscriptions/join-subscription.ts';
import { leaveSubscription } from '../../../src/subscriptions/leave-subscription.ts';
import type { EventBodies, SimEvent } from '../history.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Planner } from '../plan/planner.ts';
import { SITE } from '../service/found-service.ts';
import { NOTHING } from '../shadow/outcome.ts';
import * as shadow from '../shadow/subscriptions.ts';
import type { EventKinds } from './event-kind.ts';

type SubscriptionKinds = 'offer-subscription' | 'join' | 'decline-subscription' | 'leave';

export const subscriptionKinds: Pick<EventKinds, SubscriptionKinds> = {
  'offer-subscription': {
    weight: 10,
    plan: planSubscription,
    foresee: shadow.offerSubscription,
    async perform({ deps, names }, { subscription, company, service, item, amount, ...terms }) {
      const created = await createSubscription(deps, {
        ...terms,
        companyId: names.companies.idOf(company)!,
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
    async perform({ deps, names }, { subscription, subscriber }) {
      const [subscriptionId, buyer] = [names.subscriptions.idOf(subscription), names.buyers.get(subscriber)];
      return subscriptionId && buyer
        ? (await joinSubscription(deps, { subscriptionId, buyer })).state
        : NOTHING;
    },
  },
  'decline-subscription': {
    foresee: shadow.declineSubscription,
    async perform({ deps, names }, { subscription }) {
      const subscriptionId = names.subscriptions.idOf(subscription);
      return subscriptionId ? (await declineSubscription(deps, { subscriptionId })).state : NOTHING;
    },
  },
  leave: {
    foresee: shadow.leave,
    async perform({ deps, names }, { subscription, company }) {
      const subscriptionId = names.subscriptions.idOf(subscription);
      if (!subscriptionId) return NOTHING;
      const by = company === undefined ? 'support' : 'company';
      const companyId = company === undefined ? undefined : names.companies.idOf(company);
      return (await leaveSubscription(deps, { subscriptionId, companyId, by })).state;
    },
  },
};

type Terms = Omit<EventBodies['offer-subscription'], 'subscription'>;

/** Somebody joins, and perhaps leaves, and perhaps joins again the same day, month or later. */
function planSubscription(planner: Planner, atMs: number): void {
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
