import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';

/** The month of a subscription. */
export interface SubscriptionMonthKey {
  readonly subscriptionId: string;
  /** `YYYY-MM`. */
  readonly month: string;
}

/** The charge of a month; the caller has checked whose the subscription is. @throws Problem `month-not-charged`, also for a free month */
export async function getChargeOfMonth(
  deps: Database,
  { subscriptionId, month }: SubscriptionMonthKey,
): Promise<string> {
  const charge = await sqlOf(emOf(deps))
    .selectFrom('charge')
    .select('id')
    .where('subscriptionId', '=', subscriptionId)
    .where('subscriptionMonth', '=', month)
    .executeTakeFirst();
  if (!charge) throw new Problem('month-not-charged', { facts: { month } });
  return charge.id;
}
