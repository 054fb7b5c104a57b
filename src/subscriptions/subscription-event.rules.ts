import type { NewEvent } from '../events/append-events.ts';
import type { MonthOutcome } from './month-outcome.ts';
import type { Subscription } from './subscription.entity.ts';

type EventedSubscription = Pick<
  Subscription,
  'id' | 'companyId' | 'serviceId' | 'itemCode' | 'amountMinor' | 'taxCode' | 'reference'
>;

/** What has happened to a subscription. */
export function subscriptionEvent(
  type: 'subscription.joined' | 'subscription.declined',
  subscription: EventedSubscription,
): NewEvent {
  return { type, ...subjectOf(subscription), snapshot: snapshotOf(subscription) };
}

/** That the subscriber leaves, or that the subscription is over. */
export function leavingEvent(
  type: 'subscription.cancelled' | 'subscription.ended',
  subscription: EventedSubscription,
  leftOn: string,
): NewEvent {
  return { type, ...subjectOf(subscription), snapshot: { ...snapshotOf(subscription), leftOn } };
}

/** What became of a due month; nothing where it waits for a contract. */
export function monthEvents(
  subscription: EventedSubscription,
  month: string,
  outcome: MonthOutcome,
): NewEvent[] {
  if (outcome.kind === 'waiting') return [];
  const snapshot = { ...snapshotOf(subscription), month };
  if (outcome.kind === 'refused') {
    const refused = { ...snapshot, problem: outcome.problem.code };
    return [{ type: 'subscription.renewal-refused', ...subjectOf(subscription), snapshot: refused }];
  }
  const charge = outcome.kind === 'charged' ? outcome.charge.id : null;
  return [{ type: 'subscription.renewed', ...subjectOf(subscription), snapshot: { ...snapshot, charge } }];
}

const subjectOf = ({ id, companyId }: EventedSubscription) => ({ subject: id, companyId });

function snapshotOf({ serviceId, itemCode, amountMinor, taxCode, reference = null }: EventedSubscription) {
  return { serviceId, itemCode, amountMinor, taxCode, reference };
}
