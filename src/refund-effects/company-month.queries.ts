import { encodeTime } from 'ulid';
import { queryRows } from '../database/statement-pipeline.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import { addDays } from '../shared/calendar-date.rules.ts';
import { taxRateBps } from '../shared/tax.rules.ts';
import { findTerms } from '../settlements/settlement-terms.queries.ts';
import type { FeeTerms, MonthCounts } from './company-effect.rules.ts';

/** No charge is captured longer after it was created: authorizations end within days, late charges within two months. */
const CREATED_BEFORE_DAYS = 92;

interface CompanyMonth {
  readonly companyId: number;
  readonly period: string;
  readonly chargeId: string;
  readonly lineId: string;
}

/** The counts of a month, and what else counts of one line in it. */
export interface CountedMonth extends MonthCounts {
  /** Charges of the line that count, without the one that is named. */
  readonly othersOfLine: number;
}

type Figure = number | string;

/**
 * What a company has sold in a billing month so far, as it is now: all captured charges, on an invoice already or not. Reads the
 * company's own charges of the last months by key.
 */
export async function countMonth(deps: Deps, month: CompanyMonth): Promise<CountedMonth> {
  const { companyId, period, chargeId, lineId } = month;
  const since = encodeTime(Date.parse(addDays(`${period}-01`, -CREATED_BEFORE_DAYS)));
  const [sold] = await queryRows<{ total: Figure; items: Figure; lineCount: Figure; others: Figure }>(
    emOf(deps),
    `SELECT COALESCE(SUM(captured_minor), 0) AS total, COALESCE(SUM(counts), 0) AS items,
       COUNT(DISTINCT IF(counts, line_id, NULL)) AS lineCount, COALESCE(SUM(counts AND line_id = ? AND id <> ?), 0) AS others
     FROM (SELECT c.id, c.line_id, c.captured_minor, c.captured_minor > COALESCE(r.own_minor, 0) AS counts
       FROM charge c FORCE INDEX (charge_of_company)
       LEFT JOIN (SELECT charge_id, SUM(amount_minor) AS own_minor FROM refund
         WHERE company_id = ? AND billing_period = ? AND charge_period = billing_period AND kind = 'invoice' GROUP BY charge_id) r
         ON r.charge_id = c.id
       WHERE c.company_id = ? AND c.id >= ? AND c.billing_period = ? AND c.captured_minor IS NOT NULL) s`,
    [lineId, chargeId, companyId, period, companyId, since, period],
  );
  const [back] = await queryRows<{ total: Figure }>(
    emOf(deps),
    `SELECT COALESCE(SUM(amount_minor), 0) AS total FROM refund FORCE INDEX (refund_of_company)
     WHERE company_id = ? AND billing_period = ?`,
    [companyId, period],
  );
  return {
    totalMinor: BigInt(sold!.total) - BigInt(back!.total),
    lineCount: Number(sold!.lineCount),
    itemCount: Number(sold!.items),
    othersOfLine: Number(sold!.others),
  };
}

/** The terms on which a company is settled for a month; undefined while it has no contract or tariff. */
export async function findFeeTerms(
  deps: Deps,
  { companyId, period }: Pick<CompanyMonth, 'companyId' | 'period'>,
): Promise<FeeTerms | undefined> {
  const terms = (await findTerms(deps, period, [companyId])).get(companyId);
  if (!terms) return undefined;
  const { feeTaxable } = await sqlOf(emOf(deps))
    .selectFrom('contract')
    .select('feeTaxable')
    .where('id', '=', terms.contractId)
    .executeTakeFirstOrThrow();
  const rate = taxRateBps('standard', lastClosingDateOf(period), deps.config.taxRates);
  return { tariff: terms.tariff.definition, feeTaxable, taxRateBps: rate };
}
