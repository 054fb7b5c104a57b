import { sql, type RawBuilder } from 'kysely';
import { encodeTime } from 'ulid';
import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { findServiceId } from '../companies/service-codes.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';
import { invalidInput } from '../shared/check-input.ts';
import { chargesOf } from './figures.sql.ts';
import { isReadable, MAX_STARTS } from './report-range.rules.ts';

interface DailySalesRange {
  /** Business dates, both inclusive. */
  readonly from: string;
  readonly through: string;
  readonly serviceCode?: string | undefined;
}

/** What a company sold and gave back on a business date. */
export interface DailySales {
  readonly date: string;
  readonly chargeCount: number;
  readonly chargedMinor: bigint;
  readonly refundCount: number;
  readonly refundedMinor: bigint;
  readonly clawbackMinor: bigint;
  readonly recoveredMinor: bigint;
  /** Whether a night has added it up; the others are counted as they stand now. */
  readonly isAddedUp: boolean;
}

/** So many days that no night has added up are counted in a request; a night is late by one at most. */
const MAX_COUNTED = 3;

type Sums = Readonly<Record<keyof Omit<DailySales, 'date' | 'isAddedUp'>, string | number>> & {
  readonly date: string;
};

/**
 * The company's sales of each day, from what the nights have added up, and of today as it stands. Days without any are left out,
 * and so are days that no night has added up before the last three.
 * @throws Problem `service-not-found`, `invalid-request` for a range without days or with too many
 */
export async function listDailySales(
  deps: Deps,
  actor: Actor,
  { from, through, serviceCode }: DailySalesRange,
): Promise<DailySales[]> {
  const companyId = actingCompany(actor, 'daily-sales:read');
  if (!isReadable({ grain: 'day', from, through })) {
    const message = `must be on or after from, by at most ${MAX_STARTS.day} days`;
    throw invalidInput([{ pointer: '/through', message }]);
  }
  const serviceId = serviceCode === undefined ? undefined : await findServiceId(deps, companyId, serviceCode);
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const lastAddedUp = await findLastAddedUp(deps);
  const summed = await listAddedUp(deps, { companyId, serviceId, from, through: min(through, lastAddedUp) });
  const countedFrom = max(from, addDays(lastAddedUp, 1), addDays(today, 1 - MAX_COUNTED));
  const counted = await count(deps, {
    companyId,
    serviceId,
    from: countedFrom,
    through: min(through, today),
  });
  return [...summed.map((row) => present(row, true)), ...counted.map((row) => present(row, false))];
}

const min = (...dates: readonly string[]) => dates.toSorted()[0]!;
const max = (...dates: readonly string[]) => dates.toSorted().at(-1)!;

/** Before the first night everything is counted. */
async function findLastAddedUp(deps: Deps): Promise<string> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('daily_total')
    .select(({ fn }) => fn.max('businessDate').as('last'))
    .where('isSummed', '=', true)
    .executeTakeFirst();
  return row?.last ?? '2000-01-01';
}

interface Asked {
  readonly companyId: number;
  readonly serviceId: number | undefined;
  readonly from: string;
  readonly through: string;
}

async function listAddedUp(deps: Deps, asked: Asked): Promise<readonly Sums[]> {
  const { companyId, serviceId, from, through } = asked;
  const ofService = serviceId === undefined ? sql`` : sql`AND service_id = ${serviceId}`;
  const { rows } = await sql<Sums>`
    SELECT booked_on AS date, SUM(charge_count) AS chargeCount, SUM(charged_minor) AS chargedMinor,
      SUM(refund_count) AS refundCount, SUM(refunded_minor) AS refundedMinor,
      SUM(clawback_minor) AS clawbackMinor, SUM(recovered_minor) AS recoveredMinor
    FROM daily_figure FORCE INDEX (PRIMARY)
    WHERE booked_on BETWEEN ${from} AND ${through} AND company_id = ${companyId} ${ofService}
    GROUP BY booked_on ORDER BY booked_on`.execute(sqlOf(emOf(deps)));
  return rows;
}

/**
 * Counts days as `findToday` does: a range scan of the company's newest keys, and what was requested before and captured since by
 * its day.
 */
async function count(deps: Deps, asked: Asked): Promise<readonly Sums[]> {
  const { companyId, serviceId, from, through } = asked;
  if (from > through) return [];
  const { timeZone } = deps.config;
  const firstKey = encodeTime(endOfBusinessDate(addDays(from, -1), timeZone).getTime(), 10);
  const ofService = (alias: string): RawBuilder<unknown> =>
    serviceId === undefined ? sql`` : sql`AND ${sql.ref(`${alias}.service_id`)} = ${serviceId}`;
  const { rows } = await sql<Sums>`
    SELECT date, COUNT(charged) AS chargeCount, COALESCE(SUM(charged), 0) AS chargedMinor, COUNT(refunded) AS refundCount,
      COALESCE(SUM(refunded), 0) AS refundedMinor, COALESCE(SUM(clawback), 0) AS clawbackMinor,
      COALESCE(SUM(recovered), 0) AS recoveredMinor
    FROM (
      SELECT n.business_date AS date, n.captured_minor AS charged, NULL AS refunded, NULL AS clawback, NULL AS recovered
        FROM charge n FORCE INDEX (charge_of_company)
        WHERE n.company_id = ${companyId} AND n.id >= ${firstKey} AND n.business_date BETWEEN ${from} AND ${through}
          ${ofService('n')}
      UNION ALL SELECT o.business_date, o.captured_minor, NULL, NULL, NULL FROM ${chargesOf(from, through)}
        AND c.id < ${firstKey}
        STRAIGHT_JOIN charge o FORCE INDEX (PRIMARY) ON o.id = c.id AND o.company_id = ${companyId} ${ofService('o')}
      UNION ALL SELECT r.business_date, NULL, r.amount_minor, NULL, NULL FROM refund r FORCE INDEX (refund_of_day)
        WHERE r.business_date BETWEEN ${from} AND ${through} AND r.company_id = ${companyId} ${ofService('r')}
      UNION ALL SELECT w.booked_on, NULL, NULL, IF(w.kind = 'clawback', w.amount_minor, NULL),
          IF(w.kind = 'recovery', w.amount_minor, NULL)
        FROM clawback w FORCE INDEX (clawback_of_day) STRAIGHT_JOIN charge k ON k.id = w.charge_id
        WHERE w.booked_on BETWEEN ${from} AND ${through} AND w.company_id = ${companyId} ${ofService('k')}
    ) u GROUP BY date ORDER BY date`.execute(sqlOf(emOf(deps)));
  return rows;
}

function present({ date, ...sums }: Sums, isAddedUp: boolean): DailySales {
  return {
    date,
    chargeCount: Number(sums.chargeCount),
    chargedMinor: BigInt(sums.chargedMinor),
    refundCount: Number(sums.refundCount),
    refundedMinor: BigInt(sums.refundedMinor),
    clawbackMinor: BigInt(sums.clawbackMinor),
    recoveredMinor: BigInt(sums.recoveredMinor),
    isAddedUp,
  };
}
