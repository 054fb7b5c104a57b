import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import type { PeriodKey } from './ensure-billing-period.ts';

const columns = [
  'period',
  'closingGroup',
  'startsOn',
  'closesOn',
  'issueOn',
  'dueOn',
  'state',
  'invoiceCount',
  'itemCount',
  'totalMinor',
  'checksum',
  'closedAt',
] as const;

interface PeriodFilter {
  readonly state?: 'open' | 'closing' | 'closed' | undefined;
  /** The last month of the page before. */
  readonly before?: string | undefined;
  /** At most this many periods; those of a month are six. */
  readonly limit: number;
}

/** Billing periods by closing group, the newest month first. @throws Problem `permission-denied` */
export async function listBillingPeriods(deps: Deps, actor: Actor, { state, before, limit }: PeriodFilter) {
  authorize(actor, 'runs:read');
  return await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(columns)
    .$if(state !== undefined, (query) => query.where('state', '=', state!))
    .$if(before !== undefined, (query) => query.where('period', '<', before!))
    .orderBy('period', 'desc')
    .orderBy('closesOn')
    .limit(limit)
    .execute();
}

export type BillingPeriodRow = Awaited<ReturnType<typeof listBillingPeriods>>[number];

/** One billing period of one closing group. @throws Problem `permission-denied`, `not-found` */
export async function getBillingPeriod(
  deps: Deps,
  actor: Actor,
  { period, closingGroup }: PeriodKey,
): Promise<BillingPeriodRow> {
  authorize(actor, 'runs:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(columns)
    .where('period', '=', period)
    .where('closingGroup', '=', closingGroup)
    .executeTakeFirst();
  if (!row) throw new Problem('not-found');
  return row;
}
