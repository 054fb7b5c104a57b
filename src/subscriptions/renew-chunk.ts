import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import { appendEvents } from '../events/append-events.ts';
import { announceRenewals } from './announce-renewals.ts';
import { chargeMonths } from './charge-months.ts';
import { lockRenewals, type LockedRenewal } from './lock-renewals.ts';
import type { MonthOutcome } from './month-outcome.ts';
import { nextDueOn } from './next-due-on.rules.ts';
import { leavingEvent, monthEvents } from './subscription-event.rules.ts';
import { determineRenewal, type Renewal } from './renewal.rules.ts';

/** What one renewal step did to a subscription: billed its oldest due month, if any, and perhaps ended it. */
export interface RenewalStep {
  readonly subscriptionId: string;
  readonly month: string | undefined;
  readonly outcome: MonthOutcome | undefined;
  readonly ended: boolean;
  /** The due date of the next month, if that is due as well. */
  readonly stillDueOn: string | undefined;
}

interface Planned extends LockedRenewal {
  readonly renewal: Renewal;
}

/**
 * Bills the oldest due month of each subscription by a business date, and ends those that have none left.
 * One month per step keeps the transaction small, however many nights were missed. Subscriptions that have ended
 * meanwhile are not in the result.
 */
export async function renewChunk(
  tx: InTransaction<Deps>,
  { ids, businessDate }: { ids: readonly string[]; businessDate: string },
): Promise<RenewalStep[]> {
  const planned = (await lockRenewals(tx, ids)).map((locked) => plan(locked, businessDate));
  const dueMonths = planned
    .flatMap(({ renewal, ...locked }) => renewal.dues.slice(0, 1).map((due) => ({ ...locked, due })))
    .sort((a, b) => (a.due.dueOn < b.due.dueOn ? -1 : 1));
  const outcomes = await chargeMonths(tx, dueMonths);
  const outcomeOf = new Map(dueMonths.map(({ subscription }, i) => [subscription.id, outcomes[i]]));
  const steps = planned.map((one) => determineStep(one, outcomeOf.get(one.subscription.id)));
  await updateSchedules(tx, steps);
  await appendEvents(tx, steps.flatMap(eventsOf));
  await announceRenewals(tx, steps);
  return steps.map(({ step }) => step);
}

function eventsOf({ subscription, after, step }: ReturnType<typeof determineStep>) {
  const { month, outcome } = step;
  const events = month === undefined || !outcome ? [] : monthEvents(subscription, month, outcome);
  if (after.leftOn !== undefined) {
    events.push(leavingEvent('subscription.ended', subscription, after.leftOn));
  }
  return events;
}

/** What a step did, and the schedule of the subscription after it. */
function determineStep(planned: Planned, outcome: MonthOutcome | undefined) {
  const { subscription, renewal } = planned;
  const { endsOn, dues } = renewal;
  const waiting = outcome?.kind === 'waiting';
  const isLast = !waiting && dues.length <= 1;
  const billed = waiting ? undefined : dues[0];
  const renewedThrough = billed?.month ?? subscription.renewedThrough;
  const end = isLast && endsOn !== undefined ? ({ state: 'ended', leftOn: endsOn } as const) : undefined;
  const { state } = end ?? subscription;
  const after = { ...end, renewedThrough, nextDueOn: nextDueOn({ ...subscription, renewedThrough, state }) };
  const stillDueOn = waiting ? undefined : dues[1]?.dueOn;
  const step = {
    subscriptionId: subscription.id,
    month: dues[0]?.month,
    outcome,
    ended: end !== undefined,
    stillDueOn,
  };
  return { ...planned, after, step };
}

function plan(locked: LockedRenewal, businessDate: string): Planned {
  const { subscription, ending, freeMonths } = locked;
  const { joinedOn, chargeDay } = subscription;
  const firstMonthFree = (subscription.firstMonthFree && freeMonths.first) || freeMonths.firstOfLeft;
  const lastMonthFree = subscription.lastMonthFree && freeMonths.last;
  const leftOn = subscription.leftOn ?? undefined;
  const renewedThrough = subscription.renewedThrough ?? undefined;
  const terms = { joinedOn, leftOn, chargeDay, firstMonthFree, lastMonthFree, renewedThrough };
  return { ...locked, renewal: determineRenewal({ terms, ending, businessDate }) };
}

/** Stores the schedules of the subscriptions, with one statement for all that have the same one. */
async function updateSchedules(
  tx: InTransaction<Deps>,
  steps: readonly ReturnType<typeof determineStep>[],
): Promise<void> {
  const changed = steps.filter(
    ({ subscription, after }) =>
      after.nextDueOn !== subscription.nextDueOn || after.renewedThrough !== subscription.renewedThrough,
  );
  const alike = Map.groupBy(changed, ({ after }) => JSON.stringify(after));
  for (const group of alike.values()) {
    await sqlOf(tx.em)
      .updateTable('subscription')
      .set(group[0]!.after)
      .where(
        'id',
        'in',
        group.map(({ subscription }) => subscription.id),
      )
      .execute();
  }
}
