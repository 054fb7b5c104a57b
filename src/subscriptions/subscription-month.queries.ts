import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import { monthOf } from '../shared/calendar-date.rules.ts';
import type { BilledMonth } from './rejoining.rules.ts';
import type { MonthOutcome, MonthRequest } from './month-outcome.ts';
import type { SubscriptionMonth } from './subscription-month.entity.ts';

/** The key of a month: joining the same item again does not make a second one. */
interface MonthOf {
  readonly subscriberId: number;
  readonly serviceId: number;
  readonly itemCode: string;
  readonly month: string;
}

function monthOfRequest({ entitlement, subscription, due }: MonthRequest): MonthOf {
  const { serviceId, itemCode } = subscription;
  return { subscriberId: entitlement.subscriberId, serviceId, itemCode, month: due.month };
}

const keyOf = ({ subscriberId, serviceId, itemCode, month }: MonthOf) =>
  `${subscriberId}|${serviceId}|${itemCode}|${month}`;

/** The month of a request as one text. */
export const monthKey = (request: MonthRequest): string => keyOf(monthOfRequest(request));

/** Which of the months are over already, by key. */
export async function findSettledMonths(
  tx: InTransaction<Deps>,
  requests: readonly MonthRequest[],
): Promise<ReadonlyMap<string, BilledMonth>> {
  const months = requests.map(monthOfRequest);
  const rows = await settledMonths(tx)
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('m.subscriberId', 'm.serviceId', 'm.itemCode', 'm.month'),
        'in',
        months.map(({ subscriberId, serviceId, itemCode, month }) =>
          tuple(subscriberId, serviceId, itemCode, month),
        ),
      ),
    )
    .execute();
  return new Map(
    rows.map(({ subscriptionId, freeKind, isRefunded, ...month }) => [
      keyOf(month),
      { subscriptionId, isFreeAsLast: freeKind !== null, isRefunded: Boolean(isRefunded) },
    ]),
  );
}

/** Nothing is left of the charge of the month `m`. */
const isRefundedWhole = sql<number>`COALESCE((SELECT SUM(r.amount_minor) FROM refund r WHERE r.charge_id = m.charge_id)
  = (SELECT c.captured_minor FROM charge c WHERE c.id = m.charge_id), 0)`;

/** With the claim of each month that was free as the last one, and whether its charge was refunded. */
function settledMonths(deps: Deps) {
  return sqlOf(emOf(deps))
    .selectFrom('subscription_month as m')
    .leftJoin('free_month as f', (join) =>
      join
        .onRef('f.subscriptionId', '=', 'm.subscriptionId')
        .on('f.kind', '=', 'last')
        .onRef('f.month', '=', 'm.month')
        .on('m.outcome', '=', 'free'),
    )
    .select(['m.subscriberId', 'm.serviceId', 'm.itemCode', 'm.month', 'm.subscriptionId'])
    .select(['f.kind as freeKind', isRefundedWhole.as('isRefunded')]);
}

/** Months of an item that are not charged again to a subscriber who joins it, from one month on. */
export interface MonthsHad {
  /**
   * Billed, or to be billed as the free first month. A month that was free as the last, or whose charge was refunded, is
   * not among them: it is charged after all.
   */
  readonly had: ReadonlySet<string>;
  /** Not billed yet, of a cancelled subscription: the night charges it or the new one, and this first. */
  readonly leaving: ReadonlySet<string>;
}

/** The months of an item that a subscriber has had, or will have had without joining again, from one on. */
export async function findMonthsHad(
  deps: Deps,
  { subscriberId, serviceId, itemCode, month }: MonthOf,
): Promise<MonthsHad> {
  const settled = await settledMonths(deps)
    .where('m.subscriberId', '=', subscriberId)
    .where('m.serviceId', '=', serviceId)
    .where('m.itemCode', '=', itemCode)
    .where('m.month', '>=', month)
    .execute();
  const left = await sqlOf(emOf(deps))
    .selectFrom('subscription as s')
    .leftJoin('free_month as f', (join) =>
      join.onRef('f.subscriptionId', '=', 's.id').on('f.kind', '=', 'last'),
    )
    .leftJoin('free_month as ff', (join) =>
      join.onRef('ff.subscriptionId', '=', 's.id').on('ff.kind', '=', 'first'),
    )
    .select(['s.leftOn', 's.firstMonthFree', 'ff.month as firstMonth'])
    .where('s.subscriberId', '=', subscriberId)
    .where('s.serviceId', '=', serviceId)
    .where('s.itemCode', '=', itemCode)
    .where('s.state', '=', 'leaving')
    .where('s.leftOn', '>=', `${month}-01`)
    .where('f.kind', 'is', null)
    .execute();
  const had = settled.flatMap((row) => (row.freeKind === null && !row.isRefunded ? [row.month] : []));
  const free = left.flatMap((row) => (row.firstMonthFree && row.firstMonth !== null ? [row.firstMonth] : []));
  return {
    had: new Set([...had, ...free]),
    leaving: new Set(left.map(({ leftOn }) => monthOf(leftOn!))),
  };
}

/**
 * Records billed months. The table's key refuses a month that is recorded already; only one that was free
 * as the last, or whose charge was refunded, is replaced when the subscriber joins again in it.
 */
export async function recordMonths(
  tx: InTransaction<Deps>,
  settled: readonly (MonthRequest & { outcome: MonthOutcome })[],
  before: ReadonlyMap<string, BilledMonth>,
): Promise<void> {
  const rows = new Map<string, MonthOf & SettledRow>();
  for (const { outcome, ...request } of settled) {
    if (outcome.kind === 'taken' || outcome.kind === 'waiting') continue;
    const chargeId = outcome.kind === 'charged' ? outcome.charge.id : null;
    const subscriptionId = request.subscription.id;
    rows.set(monthKey(request), {
      ...monthOfRequest(request),
      subscriptionId,
      outcome: outcome.kind,
      chargeId,
    });
  }
  const fresh = [...rows].flatMap(([key, row]) => (before.has(key) ? [] : [row]));
  if (fresh.length > 0) await sqlOf(tx.em).insertInto('subscription_month').values(fresh).execute();
  for (const [key, row] of rows) if (before.has(key)) await replaceMonth(tx, row);
}

type SettledRow = Pick<SubscriptionMonth, 'subscriptionId' | 'outcome'> & {
  readonly chargeId: string | null;
};

/** The table refuses it for any other month than one that was free as the last or whose charge was refunded. */
async function replaceMonth(tx: InTransaction<Deps>, row: MonthOf & SettledRow): Promise<void> {
  const { subscriberId, serviceId, itemCode, month, ...settled } = row;
  const { numUpdatedRows } = await sqlOf(tx.em)
    .updateTable('subscription_month')
    .set(settled)
    .where('subscriberId', '=', subscriberId)
    .where('serviceId', '=', serviceId)
    .where('itemCode', '=', itemCode)
    .where('month', '=', month)
    .where('outcome', 'in', ['free', 'charged'])
    .executeTakeFirstOrThrow();
  if (numUpdatedRows !== 1n)
    throw new Error(`month ${month} of subscription ${row.subscriptionId} cannot be replaced`);
}
