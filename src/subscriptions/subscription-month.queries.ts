import type { Deps } from '../deps.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { MonthOutcome, MonthWish } from './month-outcome.ts';

/** What a month is counted by: joining again to the same item does not make a second one. */
interface MonthOf {
  readonly subscriberId: number;
  readonly serviceId: number;
  readonly itemCode: string;
  readonly month: string;
}

function monthOfWish({ entitlement, subscription, due }: MonthWish): MonthOf {
  const { serviceId, itemCode } = subscription;
  return { subscriberId: entitlement.subscriberId, serviceId, itemCode, month: due.month };
}

const keyOf = ({ subscriberId, serviceId, itemCode, month }: MonthOf) =>
  `${subscriberId}|${serviceId}|${itemCode}|${month}`;

/** The month of a wish as one text. */
export const monthKey = (wish: MonthWish): string => keyOf(monthOfWish(wish));

/** Which of the wished months are over already, as keys. */
export async function findTakenMonths(
  tx: InTransaction<Deps>,
  wishes: readonly MonthWish[],
): Promise<Set<string>> {
  const months = wishes.map(monthOfWish);
  const rows = await sqlOf(tx.em)
    .selectFrom('subscription_month')
    .select(['subscriberId', 'serviceId', 'itemCode', 'month'])
    .where(({ eb, refTuple, tuple }) =>
      eb(
        refTuple('subscriberId', 'serviceId', 'itemCode', 'month'),
        'in',
        months.map(({ subscriberId, serviceId, itemCode, month }) =>
          tuple(subscriberId, serviceId, itemCode, month),
        ),
      ),
    )
    .execute();
  return new Set(rows.map(keyOf));
}

/** The months of an item that a subscriber has had, from one on: whoever joins again is not charged for them. */
export async function findMonthsHad(
  deps: Deps,
  { subscriberId, serviceId, itemCode, month }: MonthOf,
): Promise<ReadonlySet<string>> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('subscription_month')
    .select('month')
    .where('subscriberId', '=', subscriberId)
    .where('serviceId', '=', serviceId)
    .where('itemCode', '=', itemCode)
    .where('month', '>=', month)
    .execute();
  return new Set(rows.map((row) => row.month));
}

/** Records the months that are over. The table's key refuses one that is there, whoever asks. */
export async function recordMonths(
  tx: InTransaction<Deps>,
  settled: readonly (MonthWish & { outcome: MonthOutcome })[],
): Promise<void> {
  const rows = settled.flatMap(({ outcome, ...wish }) => {
    if (outcome.kind === 'taken' || outcome.kind === 'waiting') return [];
    const chargeId = outcome.kind === 'charged' ? outcome.charge.id : null;
    return [{ ...monthOfWish(wish), subscriptionId: wish.subscription.id, outcome: outcome.kind, chargeId }];
  });
  if (rows.length > 0) await sqlOf(tx.em).insertInto('subscription_month').values(rows).execute();
}
