import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PartnerSums } from './commission.rules.ts';
import type { AttributedSale } from './partner-terms.rules.ts';

/** Clawbacks that a month takes over: those of its settlements, or what waits for drafts of it. A condition on `clawback k`. */
export type ClawbacksOfMonth = RawBuilder<boolean>;

/** Of settlements that are there. */
export function takenOver(settlementIds: readonly string[]): ClawbacksOfMonth {
  return settlementIds.length === 0
    ? sql<boolean>`FALSE`
    : sql<boolean>`k.settlement_id IN (${sql.join(settlementIds)})`;
}

/** Of drafts to be made: what waits of a company, through the row that its sums end with. */
export function waiting(
  period: string,
  through: readonly { readonly companyId: number; readonly throughId: string }[],
): ClawbacksOfMonth {
  if (through.length === 0) return sql<boolean>`FALSE`;
  const bounds = through.map(
    ({ companyId, throughId }) => sql`(k.company_id = ${companyId} AND k.id <= ${throughId})`,
  );
  return sql<boolean>`(k.settlement_id IS NULL AND k.billing_period <= ${period} AND (${sql.join(bounds, sql` OR `)}))`;
}

/** What was sold and came back in a month of charges that one partner may have brought. */
export interface SalesOfMonth extends AttributedSale, PartnerSums {
  readonly companyId: number;
}

type Sum = number | string;

interface SalesRow extends AttributedSale {
  readonly companyId: number;
  readonly billed: Sum;
  readonly refunded: Sum;
  readonly clawback: Sum;
  readonly recovery: Sum;
  readonly items: Sum;
}

interface MonthOfCompanies {
  readonly period: string;
  readonly companyIds: readonly number[];
  readonly clawbacks: ClawbacksOfMonth;
}

/**
 * What companies' settlements of a month have of sales, refunds (on invoices and by bank), clawbacks and recoveries, by what says
 * who brought them: the partner that the charge names, its service and its month. A charge counts as an item from the month that it
 * is billed in until the month in which nothing is left of it.
 */
export async function sumSalesOfMonth(
  deps: Deps,
  { period, companyIds, clawbacks }: MonthOfCompanies,
): Promise<SalesOfMonth[]> {
  if (companyIds.length === 0) return [];
  const companies = sql.join(companyIds);
  const { rows } = await sql<SalesRow>`
    SELECT t.company_id AS companyId, t.partner_code AS partnerCode, t.service_id AS serviceId, t.charge_period AS chargePeriod,
      SUM(t.billed) AS billed, SUM(t.refunded) AS refunded, SUM(t.clawback) AS clawback, SUM(t.recovery) AS recovery,
      SUM(IF(t.left_after > 0, 1, 0) - IF(t.left_after - t.billed + t.refunded + t.clawback - t.recovery > 0, 1, 0)) AS items
    FROM (
      SELECT c.company_id, c.partner_code, c.service_id, c.billing_period AS charge_period,
        m.billed, m.refunded, m.clawback, m.recovery, c.captured_minor
          - COALESCE((SELECT SUM(r.amount_minor) FROM refund r WHERE r.charge_id = c.id AND r.billing_period <= ${period}), 0)
          - COALESCE((SELECT SUM(IF(k.kind = 'clawback', k.amount_minor, -k.amount_minor)) FROM clawback k
              LEFT JOIN settlement s ON s.id = k.settlement_id
              WHERE k.charge_id = c.id AND (s.billing_period < ${period} OR ${clawbacks})), 0) AS left_after
      FROM (
        SELECT u.charge_id, SUM(u.billed) AS billed, SUM(u.refunded) AS refunded, SUM(u.clawback) AS clawback,
          SUM(u.recovery) AS recovery
        FROM (
          SELECT charge_id, IF(refund_id = '', amount_minor, 0) AS billed, IF(refund_id = '', 0, -amount_minor) AS refunded,
            0 AS clawback, 0 AS recovery
          FROM invoice_item WHERE billing_period = ${period} AND company_id IN (${companies})
          UNION ALL
          SELECT charge_id, 0, amount_minor, 0, 0 FROM refund
          WHERE billing_period = ${period} AND closing_group IS NULL AND kind = 'bank' AND company_id IN (${companies})
          UNION ALL
          SELECT k.charge_id, 0, 0, IF(k.kind = 'clawback', k.amount_minor, 0), IF(k.kind = 'clawback', 0, k.amount_minor)
          FROM clawback k WHERE k.company_id IN (${companies}) AND ${clawbacks}
        ) AS u GROUP BY u.charge_id
      ) AS m JOIN charge c ON c.id = m.charge_id
    ) AS t GROUP BY t.company_id, t.partner_code, t.service_id, t.charge_period
    ORDER BY t.company_id, t.partner_code, t.service_id, t.charge_period`.execute(sqlOf(emOf(deps)));
  return rows.map(({ billed, refunded, clawback, recovery, items, ...sale }) => ({
    ...sale,
    billedMinor: BigInt(billed),
    refundedMinor: BigInt(refunded),
    clawbackMinor: BigInt(clawback),
    recoveryMinor: BigInt(recovery),
    itemCount: Number(items),
  }));
}
