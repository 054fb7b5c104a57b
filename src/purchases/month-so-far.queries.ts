import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { choosePeriod } from '../billing-periods/choose-period.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import {
  addMonths,
  billingPeriodOf,
  businessDateOf,
  dueDate,
  issueDate,
  periodRange,
  type ClosingGroup,
} from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { sumOf, type MonthTotals, type PersonMonth } from './month-totals.rules.ts';
import { findRoom } from './month-room.queries.ts';
import { sumMonthByPerson, sumReservedByPerson } from './month-sums.queries.ts';
import { sumRefundsByPerson } from './refund-sums.queries.ts';
import {
  getPurchaseScope,
  listTenurePeriods,
  type PurchaseScope,
  type TenurePeriod,
} from './purchase-scope.queries.ts';

/** The current billing month of a line as one person sees it. */
export interface MonthSoFar {
  readonly period: TenurePeriod;
  readonly totals: MonthTotals;
  /** Per person, in the order in which their IDs were issued; one row for a person who sees only their own. */
  readonly people: readonly PersonMonth[];
  /** What can still be bought; undefined while the line may not buy at all. */
  readonly room: Awaited<ReturnType<typeof findRoom>>;
  readonly isHolder: boolean;
}

/**
 * What an actor's people have bought in the month so far, what is left of the limit, and when the month closes. It is the line's
 * month of today, so people of a former tenure have none. @throws Problem `permission-denied`.
 */
export async function getMonthSoFar(deps: Deps, actor: Actor): Promise<MonthSoFar> {
  authorize(actor, 'limits:read');
  const scope = await getPurchaseScope(deps, actor);
  const period = await findCurrentPeriod(deps, scope);
  const people = await readPeople(deps, scope, period);
  const totals = sumOf(people);
  return {
    period,
    totals,
    people,
    room: await findRoom(deps, scope, { period, people }),
    isHolder: scope.isHolder,
  };
}

async function readPeople(
  deps: Deps,
  scope: PurchaseScope,
  { period }: TenurePeriod,
): Promise<PersonMonth[]> {
  const booked = await sumMonthByPerson(deps, scope, period);
  const reserved = await sumReservedByPerson(deps, scope);
  const refunds = await sumRefundsByPerson(deps, scope, period);
  return scope.people.flatMap((person) => {
    const month = {
      ...NOTHING,
      ...booked.get(person.id),
      ...refunds.get(person.id),
      reserved: reserved.get(person.id) ?? NONE,
    };
    const isSilent = month.booked.count + month.reserved.count + month.refunded.count === 0;
    return person.state === 'ended' && isSilent ? [] : [{ person, ...month }];
  });
}

const NONE = { count: 0, minor: 0n };
const NOTHING = { booked: NONE, onInvoice: NONE, refunded: NONE, givenBackMinor: 0n };

/** The billing period that a purchase of today belongs to, begun or not. */
async function findCurrentPeriod(deps: Deps, scope: PurchaseScope): Promise<TenurePeriod> {
  const businessDate = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const closingGroup = await findClosingGroup(deps, scope.lineId);
  const known = new Map((await listTenurePeriods(deps, scope)).map((period) => [period.period, period]));
  const states = await findStates(deps, { closingGroup, from: billingPeriodOf(businessDate, closingGroup) });
  const choice = choosePeriod(
    { businessDate, closingGroup },
    (period) =>
      known.get(period) ?? plannedPeriod({ period, closingGroup, state: states.get(period) ?? 'open' }),
  );
  if (choice.kind === 'unknown') throw new Error(`no billing period ${choice.period}`);
  return choice.period;
}

function plannedPeriod(key: Pick<TenurePeriod, 'period' | 'closingGroup' | 'state'>): TenurePeriod {
  const range = periodRange(key.period, key.closingGroup);
  return { ...key, ...range, issueOn: issueDate(range.closesOn), dueOn: dueDate(range.closesOn) };
}

async function findClosingGroup(deps: Deps, lineId: string): Promise<ClosingGroup> {
  const line = await sqlOf(emOf(deps))
    .selectFrom('line')
    .select('closingGroup')
    .where('lineId', '=', lineId)
    .executeTakeFirst();
  if (!line) throw new Problem('line-not-found');
  return line.closingGroup;
}

/** The states of the next periods of a closing group, which the tenure may not have begun. */
async function findStates(deps: Deps, { closingGroup, from }: { closingGroup: ClosingGroup; from: string }) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'state'])
    .where('period', '>=', from)
    .where('period', '<=', addMonths(from, 2))
    .where('closingGroup', '=', closingGroup)
    .execute();
  return new Map(rows.map(({ period, state }) => [period, state]));
}
