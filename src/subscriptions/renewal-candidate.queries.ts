import { sql, type Expression, type SqlBool } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { addMonths, endOfBusinessDate, lastDayOfMonth, monthOf } from '../shared/calendar.rules.ts';
import { listDueThrough } from './subscription.rules.ts';

/** Where a walk over the candidates stands: they come by open month and charge day, much as they fall due. */
export interface CandidateCursor {
  readonly renewedThrough: string | null;
  readonly chargeDay: number;
  readonly id: string;
}

/** One of so many shares of the lines. All subscriptions of a line are in one: together they may exceed its limit, and then their order tells which of them is refused. */
export interface LineShare {
  readonly nth: number;
  readonly of: number;
}

interface CandidatePage {
  readonly businessDate: string;
  /** Left out, all lines. */
  readonly share?: LineShare | undefined;
  readonly state: 'active' | 'leaving';
  readonly after: CandidateCursor | undefined;
  readonly limit: number;
}

/**
 * The next subscriptions that may have something to settle through a business date: a month whose charge day
 * has come, a leaving to be concluded, a line or person no longer entitled. A settled month moves a
 * subscription on to its next one, so that one missed for months comes up again in the same walk.
 */
export async function listCandidates(deps: Deps, page: CandidatePage): Promise<CandidateCursor[]> {
  const { businessDate, share, state, after, limit } = page;
  return candidates(deps, businessDate)
    .select(['s.renewedThrough', 's.chargeDay', 's.id'])
    .where('s.state', '=', state)
    .$if(share !== undefined, (query) => query.where(shareOfLine(share!.of), '=', share!.nth))
    .$if(after !== undefined, (query) =>
      query.where(({ eb, and, or }) => {
        const { renewedThrough: month, chargeDay, id } = after!;
        const laterMonth =
          month === null ? eb('s.renewedThrough', 'is not', null) : eb('s.renewedThrough', '>', month);
        const laterHere = and([eb('s.chargeDay', '=', chargeDay), eb('s.id', '>', id)]);
        // Said twice, so that the index is entered at this month and not read again from its start.
        const fromMonth = month === null ? [] : [eb('s.renewedThrough', '>=', month)];
        return and([...fromMonth, or([laterMonth, eb('s.chargeDay', '>', chargeDay), laterHere])]);
      }),
    )
    .orderBy('s.renewedThrough')
    .orderBy('s.chargeDay')
    .orderBy('s.id')
    .limit(limit)
    .execute();
}

/** About how many visits of a subscription a walk will make in each share of the lines, one for each month to settle. */
export async function countVisits(deps: Deps, businessDate: string, shares: number): Promise<number[]> {
  const groups = await candidates(deps, businessDate)
    .select(['s.renewedThrough', 's.chargeDay', 's.leftOn'])
    .select([shareOfLine(shares).as('nth'), sql<string>`count(*)`.as('members')])
    .where('s.state', 'in', ['active', 'leaving'])
    .groupBy(['s.renewedThrough', 's.chargeDay', 's.leftOn', 'nth'])
    .execute();
  const visits = Array.from({ length: shares }, () => 0);
  for (const { nth, members, ...group } of groups)
    visits[Number(nth)]! += Number(members) * monthsOf(group, businessDate);
  return visits;
}

const shareOfLine = (of: number) => sql<number | string>`CRC32(s.line_id) % ${of}`;

function monthsOf(
  group: { renewedThrough: string | null; chargeDay: number; leftOn: string | null },
  businessDate: string,
): number {
  const { renewedThrough, chargeDay, leftOn } = group;
  if (renewedThrough === null || (leftOn !== null && monthOf(leftOn) <= renewedThrough)) return 1;
  const joinedOn = `${addMonths(renewedThrough, 1)}-01`;
  const terms = {
    joinedOn,
    leftOn: leftOn ?? undefined,
    chargeDay,
    firstMonthFree: false,
    lastMonthFree: false,
  };
  return Math.max(1, listDueThrough(terms, businessDate).length);
}

function candidates(deps: Deps, businessDate: string) {
  const month = monthOf(businessDate);
  const monthIsOver = businessDate === lastDayOfMonth(month);
  const endOfDay = endOfBusinessDate(businessDate, deps.config.timeZone);
  return sqlOf(emOf(deps))
    .selectFrom('subscription as s')
    .innerJoin('line as l', 'l.lineId', 's.lineId')
    .innerJoin('line_holder as h', (join) =>
      join.onRef('h.lineId', '=', 's.lineId').onRef('h.validFrom', '=', 's.holderFrom'),
    )
    .innerJoin('subscriber as p', 'p.id', 's.subscriberId')
    .where(({ eb, and, or }) => {
      const thisMonthOpen = or([eb('s.renewedThrough', 'is', null), eb('s.renewedThrough', '<', month)]);
      const chargeDayCame: Expression<SqlBool>[] = monthIsOver
        ? []
        : [eb('s.chargeDay', '<=', Number(businessDate.slice(8)))];
      return or([
        and([thisMonthOpen, ...chargeDayCame]),
        eb('s.renewedThrough', '<', addMonths(month, -1)),
        and([eb('s.renewedThrough', 'is', null), eb('s.joinedOn', '<', `${month}-01`)]),
        eb('s.leftOn', '<=', businessDate),
        eb('l.status', '<>', 'active'),
        eb('h.validTo', '<=', businessDate),
        eb('p.endedAt', '<', endOfDay),
      ]);
    });
}
