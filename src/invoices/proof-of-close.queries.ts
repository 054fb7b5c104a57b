import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';

export interface CompanyFigures {
  readonly count: number;
  readonly totalMinor: bigint;
}

/** Captured charges of a period by company, each with its capture in the ledger (the journal has the id of the charge). */
export async function sumCharges(deps: Deps, key: PeriodKey) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('charge as c')
    .leftJoin('ledger_entry as e', (join) =>
      join
        .onRef('e.businessDate', '=', 'c.businessDate')
        .onRef('e.journalId', '=', 'c.id')
        .on('e.kind', '=', 'capture')
        .onRef('e.billingPeriod', '=', 'c.billingPeriod'),
    )
    .select(({ fn }) => [
      'c.companyId',
      fn.countAll().as('count'),
      fn.sum('c.capturedMinor').as('total'),
      fn.count('e.journalId').as('postedCount'),
      fn.sum('e.amountMinor').as('posted'),
    ])
    .where('c.billingPeriod', '=', key.period)
    .where('c.closingGroup', '=', key.closingGroup)
    .groupBy('c.companyId')
    .execute();
  return new Map(
    rows.map((row) => [
      row.companyId,
      {
        count: Number(row.count),
        totalMinor: BigInt(row.total),
        postedCount: Number(row.postedCount),
        postedMinor: BigInt(row.posted ?? 0),
      },
    ]),
  );
}

/** Refunds on the invoices of a period by company, each with its entry in the ledger (the journal has the id of the refund). */
export async function sumRefunds(deps: Deps, key: PeriodKey) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('refund as r')
    .leftJoin('ledger_entry as e', (join) =>
      join
        .onRef('e.businessDate', '=', 'r.businessDate')
        .onRef('e.journalId', '=', 'r.id')
        .on('e.kind', '=', 'refund')
        .onRef('e.billingPeriod', '=', 'r.billingPeriod'),
    )
    .select(({ fn }) => [
      'r.companyId',
      fn.countAll().as('count'),
      fn.sum('r.amountMinor').as('total'),
      fn.count('e.journalId').as('postedCount'),
      fn.sum('e.amountMinor').as('posted'),
    ])
    .where('r.billingPeriod', '=', key.period)
    .where('r.closingGroup', '=', key.closingGroup)
    .groupBy('r.companyId')
    .execute();
  return new Map(
    rows.map((row) => [
      row.companyId,
      {
        count: Number(row.count),
        totalMinor: BigInt(row.total),
        postedCount: Number(row.postedCount),
        postedMinor: BigInt(row.posted ?? 0),
      },
    ]),
  );
}

/** As the driver returns sums: small ones as numbers, others as text. */
interface SummedItems extends Record<'charges' | 'charged' | 'refunds' | 'refunded', number | string> {
  readonly companyId: number;
}

/** Invoice items of a period by company: charges, and refunds with what they give back. */
export async function sumItems(deps: Deps, key: PeriodKey) {
  const { rows } = await sql<SummedItems>`
    SELECT company_id AS companyId, SUM(refund_id = '') AS charges, SUM(IF(refund_id = '', amount_minor, 0)) AS charged,
      SUM(refund_id <> '') AS refunds, SUM(IF(refund_id = '', 0, -amount_minor)) AS refunded
    FROM invoice_item WHERE billing_period = ${key.period} AND closing_group = ${key.closingGroup}
    GROUP BY company_id`.execute(sqlOf(emOf(deps)));
  return new Map(
    rows.map((row) => [
      row.companyId,
      {
        charges: { count: Number(row.charges), totalMinor: BigInt(row.charged) },
        refunds: { count: Number(row.refunds), totalMinor: BigInt(row.refunded) },
      },
    ]),
  );
}

/** The count and totals of the invoices of a period, by their own columns. */
export async function sumInvoices(deps: Deps, key: PeriodKey) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select(({ fn }) => [
      fn.countAll().as('count'),
      fn.count('number').as('numberedCount'),
      fn.sum('itemCount').as('itemCount'),
      fn.sum('totalMinor').as('total'),
    ])
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .executeTakeFirstOrThrow();
  return {
    count: Number(row.count),
    numberedCount: Number(row.numberedCount),
    itemCount: Number(row.itemCount ?? 0),
    totalMinor: BigInt(row.total ?? 0),
  };
}

/** How many invoices have another count or total than their items. */
export async function countDifferingInvoices(deps: Deps, key: PeriodKey): Promise<number> {
  const { rows } = await sql<{ count: number | string }>`
    SELECT COUNT(*) AS count FROM line_invoice l
    LEFT JOIN (SELECT line_id, holder_from, COUNT(*) AS item_count, SUM(amount_minor) AS total_minor FROM invoice_item
      WHERE billing_period = ${key.period} AND closing_group = ${key.closingGroup}
      GROUP BY line_id, holder_from) i USING (line_id, holder_from)
    WHERE l.billing_period = ${key.period} AND l.closing_group = ${key.closingGroup}
      AND NOT (l.item_count <=> i.item_count AND l.total_minor <=> i.total_minor)`.execute(sqlOf(emOf(deps)));
  return Number(rows[0]?.count ?? 0);
}

/** Sum of the tax-inclusive totals of all rates of a period's invoices. */
export async function sumTaxes(deps: Deps, key: PeriodKey): Promise<bigint> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_invoice_tax')
    .select(({ fn }) => fn.sum('totalMinor').as('total'))
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .executeTakeFirstOrThrow();
  return BigInt(row.total ?? 0);
}
