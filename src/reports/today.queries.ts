import { sql } from 'kysely';
import { encodeTime } from 'ulid';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { ownedBy } from '../access/owned-by.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';
import { chargesOf } from './figures.sql.ts';

/** What is sold and refunded on a business date that is not over. */
export interface Today {
  readonly businessDate: string;
  readonly chargeCount: number;
  readonly chargedMinor: bigint;
  readonly refundCount: number;
  readonly refundedMinor: bigint;
}

/**
 * What is sold and refunded today, so far; of their own company for its people. Of all companies it is counted in the indexes by
 * which charges and refunds are folded. Of one it is a range scan of the company's newest keys; a charge that was requested on an
 * earlier day and is captured today has an older key, and is found by its day in the index.
 */
export async function findToday(deps: Deps, actor: Actor): Promise<Today> {
  const { companyId } = ownedBy(actor, 'reports:read').rows;
  const { clock, config } = deps;
  const businessDate = businessDateOf(clock.now(), config.timeZone);
  const firstKey = encodeTime(endOfBusinessDate(addDays(businessDate, -1), config.timeZone).getTime(), 10);
  const older = sql`FROM ${chargesOf(businessDate, businessDate)}`;
  const charges =
    companyId === undefined
      ? sql`SELECT c.captured_minor AS charged, NULL AS refunded ${older}`
      : sql`SELECT n.captured_minor AS charged, NULL AS refunded FROM charge n FORCE INDEX (charge_of_company)
          WHERE n.company_id = ${companyId} AND n.id >= ${firstKey} AND n.business_date = ${businessDate}
        UNION ALL SELECT c.captured_minor, NULL ${older} AND c.id < ${firstKey}
          STRAIGHT_JOIN charge o FORCE INDEX (PRIMARY) ON o.id = c.id AND o.company_id = ${companyId}`;
  const ofCompany = companyId === undefined ? sql`` : sql`AND company_id = ${companyId}`;
  const { rows } = await sql<
    Record<'chargeCount' | 'charged' | 'refundCount' | 'refunded', number | string | null>
  >`
    SELECT COUNT(charged) AS chargeCount, SUM(charged) AS charged, COUNT(refunded) AS refundCount, SUM(refunded) AS refunded
    FROM (${charges} UNION ALL
      SELECT NULL, amount_minor FROM refund WHERE business_date = ${businessDate} ${ofCompany}) u`.execute(
    sqlOf(emOf(deps)),
  );
  const [row] = rows;
  return {
    businessDate,
    chargeCount: Number(row?.chargeCount ?? 0),
    chargedMinor: BigInt(row?.charged ?? 0),
    refundCount: Number(row?.refundCount ?? 0),
    refundedMinor: BigInt(row?.refunded ?? 0),
  };
}

/** The last business date that is added up; undefined before the first night. @throws Problem `permission-denied` */
export async function findLastDay(deps: Deps, actor: Actor): Promise<string | undefined> {
  authorize(actor, 'reports:read');
  const row = await sqlOf(emOf(deps))
    .selectFrom('daily_total')
    .select(({ fn }) => fn.max('businessDate').as('last'))
    .where('isSummed', '=', true)
    .executeTakeFirst();
  return row?.last ?? undefined;
}
