import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { limitsOf } from '../limits/assert-within-limits.ts';
import { determineRoom, type MonthlyLimit } from '../limits/limit.rules.ts';
import { sumOpenAuthorizations } from '../limits/open-authorizations.queries.ts';
import { getEntitlement } from '../lines/entitlement.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import type { PersonMonth } from './month-totals.rules.ts';
import type { PurchaseScope, TenurePeriod } from './purchase-scope.queries.ts';

/** What may still be bought in the month, by the limit that leaves least. */
export interface MonthRoomLeft {
  readonly limit: MonthlyLimit;
  readonly leftMinor: bigint;
}

interface Month {
  readonly period: TenurePeriod;
  readonly people: readonly PersonMonth[];
}

/**
 * What the signed-in person may still buy in a month. The limit of the line counts everybody's purchases, also for a person
 * who does not see them. Undefined while the person may not buy: the line is suspended, or the ID or the tenure has ended.
 */
export async function findRoom(
  deps: Deps,
  scope: PurchaseScope,
  { period, people }: Month,
): Promise<MonthRoomLeft | undefined> {
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const entitlement = await getEntitlement(deps, scope, businessDate).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'entitlement-ended') return undefined;
    throw error;
  });
  if (!entitlement) return undefined;
  const own = people.find(({ person }) => person.id === scope.subscriberId);
  return determineRoom(limitsOf(deps.config, { entitlement, businessDate }), {
    tenureMinor: (await findBooked(deps, scope, period)) + (await sumOpenAuthorizations(deps, scope)),
    ownMinor: own ? own.booked.minor + own.reserved.minor - own.givenBackMinor : 0n,
  });
}

/** What the whole tenure has been charged in a period, less what was given back of it in the period. */
async function findBooked(
  deps: Deps,
  { lineId, holderFrom }: PurchaseScope,
  { period }: TenurePeriod,
): Promise<bigint> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_period')
    .select('spentMinor')
    .where('lineId', '=', lineId)
    .where('holderFrom', '=', holderFrom)
    .where('period', '=', period)
    .executeTakeFirst();
  return row?.spentMinor ?? 0n;
}
