import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { periodRange, type ClosingGroup } from '../shared/calendar.rules.ts';
import type { ProducingRun } from './figure-node.types.ts';
import { findRunAt, findRunFor } from './producing-run.queries.ts';

interface RunCharge {
  readonly kind: 'one_time' | 'monthly' | 'usage';
  readonly businessDate: string | null;
  readonly billingPeriod: string | null;
  readonly closingGroup: ClosingGroup | null;
}

/**
 * The run that charged a month, or put another charge on its invoice: the first fold from its business date on, or, when none
 * came before the period closed, the close.
 */
export async function findRunOfCharge(
  deps: Deps,
  { kind, businessDate, billingPeriod, closingGroup }: RunCharge,
): Promise<ProducingRun | undefined> {
  if (businessDate === null || billingPeriod === null || closingGroup === null) return undefined;
  const { closesOn } = periodRange(billingPeriod, closingGroup);
  const job = kind === 'monthly' ? 'renew-subscriptions' : 'fold-charges';
  const run = await findRunFor(deps, { job, businessDate });
  if (run && run.businessDate <= closesOn) return run;
  const period = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select('closedAt')
    .where('period', '=', billingPeriod)
    .where('closingGroup', '=', closingGroup)
    .executeTakeFirst();
  return period?.closedAt ? await findRunAt(deps, { job: 'close-periods', at: period.closedAt }) : undefined;
}
