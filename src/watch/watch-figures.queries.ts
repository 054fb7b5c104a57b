import { sql, type RawBuilder } from 'kysely';
import { encodeTime } from 'ulid';
import { complaintKinds } from '../cases/case-kinds.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, addMonths, endOfBusinessDate, monthOf } from '../shared/calendar.rules.ts';
import type { WatchFigures } from './watch.rules.ts';
import type { WatchSpan } from './watch-span.rules.ts';

/** Months before a span in which an earlier charge of the line is looked up. */
const MONTHS_LOOKED_UP = 12;
/** Charges of a company that are looked through for one amount to many lines. */
const CHARGES_LOOKED_THROUGH = 1_000;

type Count = number | string | null;
type Key = { readonly companyId: number; readonly serviceId: number };

export type SalesFigures = Key &
  Pick<WatchFigures, 'chargeCount' | 'chargedMinor' | 'refundCount' | 'refundedMinor' | 'chargeCountBefore'>;

/** All companies, or one of them. */
interface WatchedCompanies {
  readonly companyId?: number | undefined;
}

const ofCompany = ({ companyId }: WatchedCompanies, column: string): RawBuilder<unknown> =>
  companyId === undefined ? sql`` : sql`AND ${sql.ref(column)} = ${companyId}`;

/** What each service sold in a span and the span before, and what was refunded of it: from the daily sums alone. */
export async function listSalesFigures(
  deps: Database,
  { from, through, before, ...of }: WatchSpan & WatchedCompanies,
): Promise<SalesFigures[]> {
  const { rows } = await sql<Key & Record<keyof Omit<SalesFigures, keyof Key>, Count>>`
    SELECT f.company_id AS companyId, f.service_id AS serviceId,
      SUM(IF(f.starts_on >= ${from}, f.charge_count, 0)) AS chargeCount,
      SUM(IF(f.starts_on >= ${from}, f.charged_minor, 0)) AS chargedMinor,
      SUM(IF(f.starts_on >= ${from}, f.returned_count, 0)) AS refundCount,
      SUM(IF(f.starts_on >= ${from}, f.returned_minor, 0)) AS refundedMinor,
      SUM(IF(f.starts_on < ${from}, f.charge_count, 0)) AS chargeCountBefore
    FROM report_figure f
    WHERE f.grain = 'day' AND f.starts_on BETWEEN ${before} AND ${through} ${ofCompany(of, 'f.company_id')}
    GROUP BY f.company_id, f.service_id`.execute(sqlOf(emOf(deps)));
  return rows.map((row) => ({
    companyId: row.companyId,
    serviceId: row.serviceId,
    chargeCount: Number(row.chargeCount),
    chargedMinor: BigInt(row.chargedMinor ?? 0),
    refundCount: Number(row.refundCount),
    refundedMinor: BigInt(row.refundedMinor ?? 0),
    chargeCountBefore: Number(row.chargeCountBefore),
  }));
}

export type CaseFigures = Key & Pick<WatchFigures, 'caseCount' | 'firstChargeCount'>;

/** Complaints that were opened in a span, by service, those that were merged once; of those about charges, how many are about the tenure's first one at the company. */
export async function listCaseFigures(
  deps: Pick<Deps, 'config'> & Database,
  { from, through, ...of }: WatchSpan & WatchedCompanies,
): Promise<CaseFigures[]> {
  const { timeZone } = deps.config;
  const startsAt = endOfBusinessDate(addDays(from, -1), timeZone);
  const endsAt = endOfBusinessDate(through, timeZone);
  const months = Array.from({ length: MONTHS_LOOKED_UP + 5 }, (_, index) =>
    addMonths(monthOf(from), index - MONTHS_LOOKED_UP),
  );
  // Each month is looked up by the whole index; of a list of months the server reads all charges of all people.
  // Numbers begin with the year of their day, so the older years are not read.
  const firstNumber = `C-${addDays(from, -1).slice(0, 4)}-`;
  const { rows } = await sql<Key & Record<'caseCount' | 'firstChargeCount', Count>>`
    SELECT s.company_id AS companyId, s.service_id AS serviceId, COUNT(*) AS caseCount,
      SUM(s.subject_kind = 'charge' AND (
        SELECT 1 FROM subscriber p
        STRAIGHT_JOIN (SELECT DISTINCT period FROM billing_period WHERE period IN (${sql.join(months)})) m
        STRAIGHT_JOIN charge e FORCE INDEX (charge_of_buyer) ON e.billing_period = m.period AND e.subscriber_id = p.id
        WHERE p.line_id = s.line_id AND p.holder_from = s.holder_from
          AND e.company_id = s.company_id AND e.captured_minor > 0 AND e.id < s.subject_id LIMIT 1
      ) IS NULL) AS firstChargeCount
    FROM support_case s
    WHERE s.number >= ${firstNumber} AND s.company_id IS NOT NULL AND NOT s.outcome <=> 'merged'
      AND s.kind IN (${sql.join(complaintKinds)}) AND s.opened_at >= ${startsAt} AND s.opened_at < ${endsAt} ${ofCompany(of, 's.company_id')}
    GROUP BY s.company_id, s.service_id`.execute(sqlOf(emOf(deps)));
  return rows.map(({ companyId, serviceId, caseCount, firstChargeCount }) => ({
    companyId,
    serviceId,
    caseCount: Number(caseCount),
    firstChargeCount: Number(firstChargeCount),
  }));
}

export type SameAmount = Pick<WatchFigures, 'sameAmountLines' | 'countedLines'>;

/**
 * The amount that most lines were charged by each service of a company, among the company's newest charges of a span: how many
 * lines, of how many. Monthly charges are left out. A service that sold nothing among them has no entry.
 */
export async function findSameAmounts(
  deps: Pick<Deps, 'config'> & Database,
  companyId: number,
  { from, through }: WatchSpan,
): Promise<ReadonlyMap<number, SameAmount>> {
  const { timeZone } = deps.config;
  const firstKey = encodeTime(endOfBusinessDate(addDays(from, -1), timeZone).getTime(), 10);
  const { rows } = await sql<Key & Record<keyof SameAmount, Count>>`
    WITH newest AS (
      SELECT service_id, kind, business_date, captured_minor, line_id FROM charge FORCE INDEX (charge_of_company)
      WHERE company_id = ${companyId} AND id >= ${firstKey} ORDER BY id DESC LIMIT ${CHARGES_LOOKED_THROUGH}
    ), sold AS (
      SELECT service_id, captured_minor, line_id FROM newest
      WHERE kind <> 'monthly' AND captured_minor > 0 AND business_date BETWEEN ${from} AND ${through}
    ), amounts AS (
      SELECT service_id, COUNT(DISTINCT line_id) AS lines_charged FROM sold GROUP BY service_id, captured_minor
    )
    SELECT a.service_id AS serviceId, MAX(a.lines_charged) AS sameAmountLines, c.counted AS countedLines
    FROM amounts a
    JOIN (SELECT service_id, COUNT(DISTINCT line_id) AS counted FROM sold GROUP BY service_id) c ON c.service_id = a.service_id
    GROUP BY a.service_id, c.counted`.execute(sqlOf(emOf(deps)));
  return new Map(
    rows.map(({ serviceId, sameAmountLines, countedLines }) => [
      serviceId,
      { sameAmountLines: Number(sameAmountLines), countedLines: Number(countedLines) },
    ]),
  );
}
