import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { AssignedPeriod } from './assign-billing-period.ts';
import type { Entitlement } from '../lines/entitlement.queries.ts';
import { addMonths, periodRange } from '../shared/calendar.rules.ts';
import type { Spent } from './limit.rules.ts';
import { findOwnSpending, ownKey } from './own-spending.queries.ts';

interface Authorization {
  readonly entitlement: Entitlement;
  /** Takes the authorization today; the tenure is locked. */
  readonly period: AssignedPeriod;
  readonly businessDate: string;
}

/**
 * What counts against the limits of an authorization that is to be captured later: it may land in any billing period of
 * its tenure that is not over, so the one in which most is booked decides. Nearly always there is just the
 * assigned one; a line that changed its closing group to and fro has another.
 */
export async function readSpendingToHold(tx: InTransaction<Deps>, request: Authorization): Promise<Spent> {
  const { entitlement, period, businessDate } = request;
  const { lineId, holderFrom, subscriberId, subscriberLimitMinor } = entitlement;
  const rows = await sqlOf(tx.em)
    .selectFrom('line_period')
    .select(['period', 'closingGroup', 'spentMinor'])
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('period', '>=', addMonths(period.period, -1))
    .execute();
  const landing = rows.filter((row) => periodRange(row.period, row.closingGroup).closesOn >= businessDate);
  const own =
    subscriberLimitMinor === null
      ? new Map<string, bigint>()
      : await findOwnSpending(
          tx,
          landing.map((row) => ({ ...row, lineId, holderFrom, subscriberId })),
        );
  return {
    tenureMinor: most(landing.map(({ spentMinor }) => spentMinor)) + period.heldMinor,
    ownMinor: most(landing.map((row) => own.get(ownKey({ subscriberId, ...row })) ?? 0n)),
  };
}

const most = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => (a > b ? a : b), 0n);
