import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { countNeverBilled, settlementLineKey, type NeverBilledOfPeriod } from './never-billed.queries.ts';
import type { BilledSums } from './settlement.rules.ts';

/** What a company sold, or gave back, under one service and tax rate to the lines of one closing group. */
export interface SettlementLineFigures {
  readonly closingGroup: ClosingGroup;
  readonly serviceId: number;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly kind: 'charge' | 'refund' | 'bank';
  /** Of refunds: the billing period of their charges; empty for charges. */
  readonly originalPeriod: string;
  readonly lineCount: number;
  readonly itemCount: number;
  /** Negative for refunds. */
  readonly totalMinor: bigint;
}

/**
 * The invoice items of a company in a period, summed up. `T` of the fee is billed − refunded. Charges that were fully refunded
 * within the period are in both sums, but neither they nor lines with nothing else are counted.
 */
export interface BilledCompany extends BilledSums {
  /** The refunds on invoices of the period, of whatever period the charges were. */
  readonly refundedMinor: bigint;
  /** All items, refunds included. */
  readonly invoicedItemCount: number;
  readonly settlementLines: readonly SettlementLineFigures[];
  readonly firstBusinessDate: string;
  readonly lastBusinessDate: string;
}

/**
 * Sums the invoice items of a billing period up for every company, in one pass for the sums and one for the lines of their
 * settlements, over the range of the clustered key, however many companies there are.
 */
export async function sumBilled(deps: Deps, period: string): Promise<Map<number, BilledCompany>> {
  const neverBilled = await countNeverBilled(deps, period);
  const settlementLines = await sumSettlementLines(deps, period, neverBilled);
  const { rows } = await sql<CompanyRow>`
    SELECT company_id AS companyId, SUM(IF(refund_id = '', amount_minor, 0)) AS billed,
      SUM(IF(refund_id = '', 0, -amount_minor)) AS refunded, COUNT(DISTINCT IF(refund_id = '', line_id, NULL)) AS linesBilled,
      SUM(refund_id = '') AS charges, COUNT(*) AS items, MIN(business_date) AS firstBusinessDate,
      MAX(business_date) AS lastBusinessDate
    FROM invoice_item WHERE billing_period = ${period} GROUP BY company_id`.execute(sqlOf(emOf(deps)));
  return new Map(
    rows.map(({ companyId, billed, refunded, linesBilled, charges, items, ...dates }) => {
      const { lineCount, itemCount } = neverBilled.companies.get(companyId) ?? NONE;
      return [
        companyId,
        {
          ...dates,
          billedMinor: BigInt(billed),
          refundedMinor: BigInt(refunded),
          lineCount: Number(linesBilled) - lineCount,
          itemCount: Number(charges) - itemCount,
          invoicedItemCount: Number(items),
          settlementLines: settlementLines.get(companyId) ?? [],
        },
      ];
    }),
  );
}

type Sum = number | string;

interface CompanyRow extends Pick<BilledCompany, 'firstBusinessDate' | 'lastBusinessDate'> {
  readonly companyId: number;
  readonly billed: Sum;
  readonly refunded: Sum;
  readonly linesBilled: Sum;
  readonly charges: Sum;
  readonly items: Sum;
}

const NONE = { lineCount: 0, itemCount: 0 };

async function sumSettlementLines(
  deps: Deps,
  period: string,
  neverBilled: NeverBilledOfPeriod,
): Promise<Map<number, SettlementLineFigures[]>> {
  const key = ['companyId', 'closingGroup', 'serviceId', 'taxCode', 'taxRateBps', 'chargePeriod'] as const;
  const rows = await sqlOf(emOf(deps))
    .selectFrom('invoice_item')
    .select(key)
    .select(({ fn }) => [
      fn.count('lineId').distinct().as('lines'),
      fn.countAll().as('items'),
      fn.sum('amountMinor').as('total'),
    ])
    .where('billingPeriod', '=', period)
    .groupBy(key)
    .orderBy('companyId')
    .execute();
  const settlementLines = new Map<number, SettlementLineFigures[]>();
  for (const { companyId, lines, items, total, chargePeriod, ...line } of rows) {
    // Refunds count whole, whatever became of their charges.
    const uncounted =
      (chargePeriod === null && neverBilled.settlementLines.get(settlementLineKey({ companyId, ...line }))) ||
      NONE;
    const figures: SettlementLineFigures = {
      ...line,
      kind: chargePeriod === null ? 'charge' : 'refund',
      originalPeriod: chargePeriod ?? '',
      lineCount: Number(lines) - uncounted.lineCount,
      itemCount: Number(items) - uncounted.itemCount,
      totalMinor: BigInt(total),
    };
    const known = settlementLines.get(companyId);
    if (known) known.push(figures);
    else settlementLines.set(companyId, [figures]);
  }
  return settlementLines;
}
