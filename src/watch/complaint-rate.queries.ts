import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { complaintKinds } from '../cases/case-kinds.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays, businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';
import { watchSpan } from './watch-span.rules.ts';
import { applyRules, NOTHING_SOLD } from './watch.rules.ts';

const DAYS = 30;

/** Complaints beside sales. */
export interface ComplaintRate {
  readonly caseCount: number;
  readonly chargeCount: number;
  /** Complaints in a thousand sales, rounded down; undefined where nothing was sold and somebody complained. */
  readonly perMille: bigint | undefined;
}

export interface ComplaintRates {
  /** Business dates, both included. */
  readonly from: string;
  readonly through: string;
  readonly own: ComplaintRate;
  /** All other companies together. */
  readonly others: ComplaintRate;
  /** The rule of the watch flags the company. */
  readonly isFlagged: boolean;
}

/**
 * How much is complained of a company beside all others, over the last 30 business dates: from the daily sums, and the cases of these days.
 * @throws Problem `permission-denied`
 */
export async function getComplaintRates(
  deps: Deps,
  actor: Actor,
  { companyCode }: { readonly companyCode: string },
): Promise<ComplaintRates> {
  authorize(actor, 'cases:read');
  authorize(actor, 'companies:read');
  const { timeZone } = deps.config;
  const { from, through } = watchSpan(addDays(businessDateOf(deps.clock.now(), timeZone), -1), DAYS);
  const startsAt = endOfBusinessDate(addDays(from, -1), timeZone);
  const endsAt = endOfBusinessDate(through, timeZone);
  const { rows } = await sql<{ isOwn: number | string; sales: string; cases: string }>`
    SELECT x.isOwn, CAST(SUM(x.sales) AS CHAR) AS sales, CAST(SUM(x.cases) AS CHAR) AS cases FROM (
      SELECT f.company_id = o.id AS isOwn, f.charge_count AS sales, 0 AS cases
      FROM company o JOIN report_figure f ON f.grain = 'day' AND f.starts_on BETWEEN ${from} AND ${through}
      WHERE o.code = ${companyCode}
      UNION ALL
      SELECT c.company_id = o.id, 0, 1
      FROM company o JOIN support_case c FORCE INDEX (support_case_by_time) ON c.opened_at >= ${startsAt} AND c.opened_at < ${endsAt}
      WHERE o.code = ${companyCode} AND c.company_id IS NOT NULL AND NOT c.outcome <=> 'merged' AND c.kind IN (${sql.join(complaintKinds)})
    ) x GROUP BY x.isOwn`.execute(sqlOf(emOf(deps)));
  const rateOf = (isOwn: boolean) => {
    const row = rows.find((one) => (Number(one.isOwn) === 1) === isOwn);
    return judge({ caseCount: Number(row?.cases ?? 0), chargeCount: Number(row?.sales ?? 0) });
  };
  const own = rateOf(true);
  return { from, through, own: own.rate, others: rateOf(false).rate, isFlagged: own.isFlagged };
}

/** As the rule of the watch has it. */
function judge(counts: Pick<ComplaintRate, 'caseCount' | 'chargeCount'>) {
  const finding = applyRules({ ...NOTHING_SOLD, ...counts }).find(({ rule }) => rule === 'complaints')!;
  return { rate: { ...counts, perMille: finding.perMille }, isFlagged: finding.isFlagged };
}
