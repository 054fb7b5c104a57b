import { sql, type RawBuilder } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { INVOICED, type ItemSource } from './item-source.ts';
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
 * which a company billed nothing else (domain.md section 1). Begins with the refunds and reads the items of their lines by key,
 * only until one is found that stays billed: the cost grows with the refunds, not with the month.
 */
export async function countNeverBilled(
  deps: Deps,
  period: string,
  source: ItemSource = INVOICED,
): Promise<NeverBilledOfPeriod> {
  const { rows } = await sql<SettlementLineKey & Counts & { companyLineCount: number | string }>`
    SELECT company_id AS companyId, closing_group AS closingGroup, service_id AS serviceId, tax_code AS taxCode,
      tax_rate_bps AS taxRateBps, SUM(gone) AS itemCount, SUM(NOT stays) AS lineCount,
      SUM(position = 1 AND NOT stays AND NOT ${staysBilled(sql`company_gone`, ofCompany(period, source))}) AS companyLineCount
    FROM (SELECT n.*, ${staysBilled(sql`gone`, ofSettlementLine(period, source))} AS stays
      FROM (${neverBilledByLine(period, source)}) AS n) AS n
    GROUP BY company_id, closing_group, service_id, tax_code, tax_rate_bps`.execute(sqlOf(emOf(deps)));
  const companies = new Map<number, NeverBilled>();
  for (const { companyId, itemCount, companyLineCount } of rows) {
    const sum = companies.get(companyId) ?? { lineCount: 0, itemCount: 0 };
    companies.set(companyId, {
      lineCount: sum.lineCount + Number(companyLineCount),
      itemCount: sum.itemCount + Number(itemCount),
    });
  }
  return {
    companies,
    settlementLines: new Map(rows.map((row) => [settlementLineKey(row), countsOf(row)])),
  };
}

type Counts = Record<keyof NeverBilled, number | string>;

const countsOf = ({ lineCount, itemCount }: Counts): NeverBilled => ({
  lineCount: Number(lineCount),
  itemCount: Number(itemCount),
});

const GROUPS = sql.join(CLOSING_GROUPS);

/**
 * The charges that count as never billed, by line and settlement line: how many are gone, of the company's line as a whole too, and
 * one of them. The settlement lines of a company's line are numbered, for what is counted once a line. A refund of the period's own charges
 * is of the invoice of its charge, so the whole key of the item is known.
 */
const neverBilledByLine = (period: string, { itemsByKey, ofLines }: ItemSource) => sql`
  SELECT i.company_id, i.closing_group, i.service_id, i.tax_code, i.tax_rate_bps, i.line_id, COUNT(*) AS gone, MIN(i.charge_id) AS one_gone,
    SUM(COUNT(*)) OVER (PARTITION BY i.company_id, i.line_id) AS company_gone,
    ROW_NUMBER() OVER (PARTITION BY i.company_id, i.line_id ORDER BY i.closing_group, i.service_id, i.tax_code, i.tax_rate_bps) AS position
  FROM refund r STRAIGHT_JOIN ${itemsByKey} ON i.billing_period = r.charge_period AND i.closing_group = r.charge_group
    AND i.line_id = r.line_id AND i.holder_from = r.holder_from AND i.charge_id = r.charge_id AND i.refund_id = ''
    AND i.amount_minor = r.refunded_before_minor + r.amount_minor
  WHERE r.billing_period = ${period} AND r.closing_group IN (${GROUPS}) AND r.charge_period = ${period} ${ofLines}
  GROUP BY i.company_id, i.closing_group, i.service_id, i.tax_code, i.tax_rate_bps, i.line_id`;

/** The charges `i` of a company to a line in the period. */
const ofCompany = (period: string, { ofLine }: ItemSource) =>
  sql`${ofLine(period)} AND i.company_id = n.company_id AND i.refund_id = ''`;

const ofSettlementLine = (period: string, source: ItemSource) => sql`${ofCompany(period, source)}
  AND i.closing_group = n.closing_group AND i.service_id = n.service_id AND i.tax_code = n.tax_code AND i.tax_rate_bps = n.tax_rate_bps`;

/**
 * Whether there are more charges than are gone. Where one is gone, as of most lines, the first other one says so. That is one row
 * (`LIMIT 1`), so that the server does not list those of all lines instead.
 */
const staysBilled = (gone: RawBuilder<unknown>, charges: RawBuilder<unknown>) => sql`
  IF(${gone} = 1, (SELECT 1 FROM ${charges} AND i.charge_id <> n.one_gone LIMIT 1) IS NOT NULL,
    (SELECT COUNT(*) FROM ${charges}) > ${gone})`;
