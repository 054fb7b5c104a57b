import { encodeTime } from 'ulid';
import { isTooSlow } from '../database/database-error.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { selectStatement, type Statement } from '../database/statement.ts';
import { runStatement } from '../database/statement-pipeline.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { MonthSums } from '../settlements/settle-month.rules.ts';
import { addDays } from '../shared/calendar-date.rules.ts';
import { Problem } from '../shared/problem.ts';

/** A charge is created at most so long before its authorization: half an hour; and dates begin before the day of UTC. */
const CREATED_BEFORE_DAYS = 2;

export interface MonthsOfCompany {
  readonly companyId: number;
  /** First and last billing period to count. */
  readonly from: string;
  readonly through: string;
  /** The charge that is to be refunded. */
  readonly chargeId: string;
  readonly lineId: string;
}

/** The counts of a month, and what else counts of one line in it. */
export interface CountedMonth extends MonthSums {
  /** Charges of the line that count, without the one that is named. */
  readonly othersOfLine: number;
}

export const NOTHING_COUNTED: CountedMonth = {
  billedMinor: 0n,
  refundedMinor: 0n,
  lineCount: 0,
  itemCount: 0,
  othersOfLine: 0,
};

type Figure = number | string;

/**
 * What a company has sold and refunded in billing months so far, as it is now: all captured charges, on an invoice already or not,
 * counted as settlements count (domain.md §1). Reads the company's own charges since the first of the months by `charge_of_state`,
 * and its refunds from `refund_of_month` alone. Months without any are not in the map.
 * @throws Problem `preview-too-slow` past `REFUND_PREVIEW_TIMEOUT_MS`
 */
export async function countMonths(deps: Deps, months: MonthsOfCompany): Promise<Map<string, CountedMonth>> {
  const days = await longestAuthorization(deps, months.companyId);
  const counted = await runLimited(deps, selectSold(months, days));
  for (const [period, refundedMinor] of await runLimited(deps, selectRefunded(months)))
    counted.set(period, { ...(counted.get(period) ?? NOTHING_COUNTED), refundedMinor });
  return counted;
}

/** The charges of the months; those were created at most so many days before the first of them began. */
export function selectSold(
  { companyId, from, through, chargeId, lineId }: MonthsOfCompany,
  days: number,
): Statement<Map<string, CountedMonth>> {
  const since = encodeTime(Date.parse(addDays(`${from}-01`, -days)));
  return selectStatement(
    `SELECT period, SUM(captured_minor) AS billed, SUM(counts) AS items, COUNT(DISTINCT IF(counts, line_id, NULL)) AS lineCount,
       SUM(counts AND line_id = ? AND id <> ?) AS others
     FROM (SELECT c.billing_period AS period, c.id, c.line_id, c.captured_minor, c.captured_minor > COALESCE(r.own_minor, 0) AS counts
       FROM charge c FORCE INDEX (charge_of_state)
       LEFT JOIN (SELECT charge_id, SUM(amount_minor) AS own_minor FROM refund FORCE INDEX (refund_of_month)
         WHERE company_id = ? AND billing_period BETWEEN ? AND ? AND charge_period = billing_period AND kind = 'invoice'
         GROUP BY charge_id) r ON r.charge_id = c.id
       WHERE c.company_id = ? AND c.state = 'captured' AND c.id >= ? AND c.billing_period BETWEEN ? AND ?) s
     GROUP BY period`,
    [lineId, chargeId, companyId, from, through, companyId, since, from, through],
    (rows: readonly never[]) =>
      new Map((rows as readonly SoldRow[]).map((row) => [row.period, countsOf(row)])),
  );
}

interface SoldRow {
  readonly period: string;
  readonly billed: Figure;
  readonly items: Figure;
  readonly lineCount: Figure;
  readonly others: Figure;
}

function countsOf({ billed, items, lineCount, others }: SoldRow): CountedMonth {
  return {
    billedMinor: BigInt(billed),
    refundedMinor: 0n,
    lineCount: Number(lineCount),
    itemCount: Number(items),
    othersOfLine: Number(others),
  };
}

/** The refunds booked in the months. */
export function selectRefunded({
  companyId,
  from,
  through,
}: MonthsOfCompany): Statement<Map<string, bigint>> {
  return selectStatement(
    `SELECT billing_period AS period, SUM(amount_minor) AS minor FROM refund FORCE INDEX (refund_of_month)
     WHERE company_id = ? AND billing_period BETWEEN ? AND ? GROUP BY billing_period`,
    [companyId, from, through],
    (rows: readonly never[]) =>
      new Map(
        (rows as readonly { period: string; minor: Figure }[]).map(({ period, minor }) => [
          period,
          BigInt(minor),
        ]),
      ),
  );
}

/** Days from creating a charge to its capture at most, by any contract of the company. */
async function longestAuthorization(deps: Deps, companyId: number): Promise<number> {
  const { days } = await sqlOf(emOf(deps))
    .selectFrom('contract')
    .select(({ fn }) => fn.max('authorizationDays').as('days'))
    .where('companyId', '=', companyId)
    .executeTakeFirstOrThrow();
  return (days ?? 0) + CREATED_BEFORE_DAYS;
}

/** Runs a statement that the server ends in time: previews are asked for while others sell. */
async function runLimited<Result>(deps: Deps, statement: Statement<Result>): Promise<Result> {
  const seconds = deps.config.refundPreviewTimeoutMs / 1000;
  const text = `SET STATEMENT max_statement_time = ${seconds} FOR ${statement.text}`;
  try {
    return await runStatement(emOf(deps), { ...statement, text });
  } catch (error) {
    if (isTooSlow(error)) throw new Problem('preview-too-slow', { cause: error });
    throw error;
  }
}
