import { sql, type RawBuilder } from 'kysely';
import { encodeTime } from 'ulid';
import type { Actor } from '../access/actor.ts';
import { actingCompany } from '../access/owned-by.ts';
import { isTooSlow } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';
import { chargesOf } from './figures.sql.ts';

/** What a company sold within an hour of a business date, in minor units. */
export interface HourOfSales {
  readonly businessDate: string;
  /** 0 to 23, by the billing time zone. */
  readonly hour: number;
  readonly serviceId: number;
  readonly kind: 'one_time' | 'monthly' | 'usage';
  readonly chargeCount: number;
  readonly chargedMinor: bigint;
  /** The part that was sold by the time of day that it is now. */
  readonly soFarCount: number;
  readonly soFarMinor: bigint;
}

/** Most business dates of one reading. */
export const MAX_HOURLY_DAYS = 7;
/** A company that sells so much that a reading takes longer gets none: pages say so, and the daily figures are there. */
const MAX_SECONDS = 2;

const HOUR_MS = 3_600_000;

/**
 * Sales of the actor's own company by hour, service and kind on a few business dates. Each date is a range of the company's newest keys,
 * as of `findToday`; what was requested on an earlier day is found by its day. Undefined when there is too much to read in a request.
 * @throws Problem `permission-denied`; RangeError for more than `MAX_HOURLY_DAYS` dates
 */
export async function listHoursOfCompany(
  deps: Deps,
  actor: Actor,
  dates: readonly string[],
): Promise<HourOfSales[] | undefined> {
  const companyId = actingCompany(actor, 'reports:read');
  if (dates.length > MAX_HOURLY_DAYS) throw new RangeError(`${dates.length} dates of hours at once`);
  if (dates.length === 0) return [];
  const { clock, config } = deps;
  const now = clock.now();
  const startOf = (date: string) => endOfBusinessDate(addDays(date, -1), config.timeZone).getTime();
  const elapsedMs = now.getTime() - startOf(businessDateOf(now, config.timeZone));
  const parts = dates.map((date) => soldOn({ companyId, date, startMs: startOf(date), elapsedMs }));
  const statement = sql<RawHour>`SET STATEMENT max_statement_time = ${sql.lit(MAX_SECONDS)} FOR
    SELECT businessDate, hour, serviceId, kind, COUNT(*) AS chargeCount, SUM(minor) AS chargedMinor,
      SUM(isSoFar) AS soFarCount, SUM(IF(isSoFar, minor, 0)) AS soFarMinor
    FROM (${sql.join(parts, sql` UNION ALL `)}) u GROUP BY businessDate, hour, serviceId, kind ORDER BY 1, 2`;
  try {
    const { rows } = await statement.execute(sqlOf(emOf(deps)));
    return rows.map((row) => ({
      businessDate: row.businessDate,
      hour: Number(row.hour),
      serviceId: row.serviceId,
      kind: row.kind,
      chargeCount: Number(row.chargeCount),
      chargedMinor: BigInt(row.chargedMinor),
      soFarCount: Number(row.soFarCount),
      soFarMinor: BigInt(row.soFarMinor),
    }));
  } catch (error) {
    if (isTooSlow(error)) return undefined;
    throw error;
  }
}

interface SoldOn {
  readonly companyId: number;
  readonly date: string;
  readonly startMs: number;
  readonly elapsedMs: number;
}

function soldOn({ companyId, date, startMs, elapsedMs }: SoldOn): RawBuilder<unknown> {
  const [first, end] = [encodeTime(startMs, 10), encodeTime(startMs + 24 * HOUR_MS, 10)];
  const [start, until] = [new Date(startMs), new Date(startMs + elapsedMs)];
  const columns = (of: string) => sql`${date} AS businessDate,
    LEAST(23, GREATEST(0, FLOOR(TIMESTAMPDIFF(SECOND, ${start}, ${sql.ref(`${of}.captured_at`)}) / 3600))) AS hour,
    ${sql.ref(`${of}.service_id`)} AS serviceId, ${sql.ref(`${of}.kind`)} AS kind,
    ${sql.ref(`${of}.captured_minor`)} AS minor, ${sql.ref(`${of}.captured_at`)} <= ${until} AS isSoFar`;
  return sql`SELECT ${columns('n')} FROM charge n FORCE INDEX (charge_of_company)
      WHERE n.company_id = ${companyId} AND n.id >= ${first} AND n.id < ${end} AND n.business_date = ${date}
    UNION ALL SELECT ${columns('o')} FROM ${chargesOf(date, date)} AND c.id < ${first}
      STRAIGHT_JOIN charge o FORCE INDEX (PRIMARY) ON o.id = c.id AND o.company_id = ${companyId}`;
}

type RawNumber = number | string;

interface RawHour {
  readonly businessDate: string;
  readonly hour: RawNumber;
  readonly serviceId: number;
  readonly kind: HourOfSales['kind'];
  readonly chargeCount: RawNumber;
  readonly chargedMinor: RawNumber;
  readonly soFarCount: RawNumber;
  readonly soFarMinor: RawNumber;
}
