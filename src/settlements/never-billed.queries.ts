import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { CLOSING_GROUPS, type ClosingGroup } from '../shared/calendar.rules.ts';

/** What charges that count as never billed take from the counts of a company, or of one of its settlement lines. */
export interface NeverBilled {
  readonly lineCount: number;
  readonly itemCount: number;
}

export interface NeverBilledOfPeriod {
  readonly companies: ReadonlyMap<number, NeverBilled>;
  /** By `settlementLineKey`. */
  readonly settlementLines: ReadonlyMap<string, NeverBilled>;
}

interface SettlementLineKey {
  readonly companyId: number;
  readonly closingGroup: ClosingGroup;
  readonly serviceId: number;
  readonly taxCode: string;
  readonly taxRateBps: number;
}

export function settlementLineKey(line: SettlementLineKey): string {
  return [line.companyId, line.closingGroup, line.serviceId, line.taxCode, line.taxRateBps].join('/');
}

/**
 * Counts what was charged and fully refunded within the period, which counts as never billed: such items, and the lines to
 * which a company billed nothing else (domain.md section 1). Reads the refunds of the period's own charges and the items of
 * their lines, both by key: a period without refunds costs a look in the index.
 */
export async function countNeverBilled(deps: Deps, period: string): Promise<NeverBilledOfPeriod> {
  const query = sqlOf(emOf(deps));
  const ofLine = neverBilledByLine(period);
  const settlementLines = await sql<SettlementLineKey & Counts>`
    SELECT company_id AS companyId, closing_group AS closingGroup, service_id AS serviceId, tax_code AS taxCode,
      tax_rate_bps AS taxRateBps, SUM(charges = never_billed) AS lineCount, SUM(never_billed) AS itemCount
    FROM (${ofLine}) AS l GROUP BY company_id, closing_group, service_id, tax_code, tax_rate_bps`.execute(
    query,
  );
  const companies = await sql<{ companyId: number } & Counts>`
    SELECT company_id AS companyId, SUM(charges = never_billed) AS lineCount, SUM(never_billed) AS itemCount
    FROM (SELECT company_id, line_id, SUM(charges) AS charges, SUM(never_billed) AS never_billed
      FROM (${ofLine}) AS p GROUP BY company_id, line_id) AS l GROUP BY company_id`.execute(query);
  return {
    companies: new Map(companies.rows.map((row) => [row.companyId, countsOf(row)])),
    settlementLines: new Map(settlementLines.rows.map((row) => [settlementLineKey(row), countsOf(row)])),
  };
}

type Counts = Record<keyof NeverBilled, number | string>;

const countsOf = ({ lineCount, itemCount }: Counts): NeverBilled => ({
  lineCount: Number(lineCount),
  itemCount: Number(itemCount),
});

const GROUPS = sql.join(CLOSING_GROUPS);

/** Of lines with a refund of a charge of the same period: a company's charges, and how many of them count as never billed. */
const neverBilledByLine = (period: string) => sql`
  SELECT i.company_id, i.closing_group, i.service_id, i.tax_code, i.tax_rate_bps, i.line_id, COUNT(*) AS charges,
    SUM(EXISTS (SELECT 1 FROM refund r WHERE r.charge_id = i.charge_id AND r.billing_period = ${period}
      AND r.closing_group IS NOT NULL AND r.refunded_before_minor + r.amount_minor = i.amount_minor)) AS never_billed
  FROM (SELECT DISTINCT company_id, line_id FROM refund WHERE billing_period = ${period} AND closing_group IN (${GROUPS})
    AND charge_period = ${period}) AS f
  STRAIGHT_JOIN invoice_item i ON i.billing_period = ${period} AND i.closing_group IN (${GROUPS}) AND i.line_id = f.line_id
    AND i.company_id = f.company_id
  WHERE i.refund_id = ''
  GROUP BY i.company_id, i.closing_group, i.service_id, i.tax_code, i.tax_rate_bps, i.line_id`;
