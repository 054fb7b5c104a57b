import type { Selectable } from 'kysely';
import type { Tables } from '../database/sql.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, monthOf } from '../shared/calendar.rules.ts';
import { findFreeMonthsLeft } from './free-months.ts';
import { findMonthsHad, type MonthsHad } from './subscription-month.queries.ts';
import { firstOpenMonth } from './subscription.rules.ts';
import type { OutlookFacts } from './subscription-outlook.rules.ts';

/** A joined subscription with the free months of its tenure and item that are its own. */
export interface JoinedSubscription extends Pick<
  Selectable<Tables['subscription']>,
  | 'id'
  | 'subscriberId'
  | 'serviceId'
  | 'itemCode'
  | 'lineId'
  | 'holderFrom'
  | 'joinedOn'
  | 'leftOn'
  | 'chargeDay'
  | 'state'
  | 'firstMonthFree'
  | 'lastMonthFree'
  | 'renewedThrough'
> {
  readonly freeFirst: string | null;
  readonly freeLast: string | null;
}

/** What the coming charges of a subscription depend on. */
export async function findOutlookFacts(deps: Deps, row: JoinedSubscription): Promise<OutlookFacts> {
  const { subscriberId, serviceId, itemCode, lineId, holderFrom, joinedOn, chargeDay, state } = row;
  if (subscriberId === null || lineId === null || holderFrom === null || joinedOn === null)
    throw new Error(`nobody has joined subscription ${row.id}`);
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const terms = {
    joinedOn,
    leftOn: row.leftOn ?? undefined,
    chargeDay,
    firstMonthFree: row.firstMonthFree && row.freeFirst !== null,
    lastMonthFree: row.lastMonthFree && row.freeLast !== null,
    renewedThrough: row.renewedThrough ?? undefined,
  };
  const item = { lineId, holderFrom, serviceId, itemCode };
  const months = await findMonthsHad(deps, { ...item, subscriberId, month: firstOpenMonth(terms) });
  const left = row.lastMonthFree && (await findFreeMonthsLeft(deps, item)).last;
  return {
    state,
    terms,
    monthsHad: monthsPaidElsewhere(months, { state, terms }),
    isLastMonthFree: left,
    businessDate,
  };
}

/**
 * Months that are paid, or will be, in another subscription of the person to the item. Of a subscription that has been
 * cancelled, `months` name its own last one too.
 */
function monthsPaidElsewhere(
  { had, leaving }: MonthsHad,
  { state, terms }: Pick<OutlookFacts, 'state' | 'terms'>,
): ReadonlySet<string> {
  const ownFree = terms.firstMonthFree ? monthOf(terms.joinedOn) : undefined;
  const ofOthers = state === 'active' ? [...had, ...leaving] : had;
  return new Set([...ofOthers].filter((month) => month !== ownFree));
}
