import { sql } from 'kysely';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { INVOICED, type ItemSource } from './item-source.ts';
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
 * settlements, over the range of the clustered key, however many companies there are. `source` names other items than the
 * invoiced ones.
 */
export async function sumBilled(
  deps: Deps,
  period: string,
  source: ItemSource = INVOICED,
): Promise<Map<number, BilledCompany>> {
  const neverBilled = await countNeverBilled(deps, period, source);
  const settlementLines = await sumSettlementLines(deps, period, { neverBilled, source });
  const { rows } = await sql<CompanyRow>`
    SELECT company_id AS companyId, SUM(IF(refund_id = '', amount_minor, 0)) AS billed,
      SUM(IF(refund_id = '', 0, -amount_minor)) AS refunded, COUNT(DISTINCT IF(refund_id = '', line_id, NULL)) AS linesBilled,
      SUM(refund_id = '') AS charges, COUNT(*) AS items, MIN(business_date) AS firstBusinessDate,
      MAX(business_date) AS lastBusinessDate
    FROM ${source.items} i WHERE billing_period = ${period} GROUP BY company_id`.execute(sqlOf(emOf(deps)));
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

interface LineRow extends Pick<
  SettlementLineFigures,
  'closingGroup' | 'serviceId' | 'taxCode' | 'taxRateBps'
> {
  readonly companyId: number;
  readonly chargePeriod: string | null;
  readonly lines: Sum;
  readonly items: Sum;
  readonly total: Sum;
}

async function sumSettlementLines(
  deps: Deps,
  period: string,
  { neverBilled, source }: { readonly neverBilled: NeverBilledOfPeriod; readonly source: ItemSource },
): Promise<Map<number, SettlementLineFigures[]>> {
  const { rows } = await sql<LineRow>`
    SELECT company_id AS companyId, closing_group AS closingGroup, service_id AS serviceId, tax_code AS taxCode,
      tax_rate_bps AS taxRateBps, charge_period AS chargePeriod, COUNT(DISTINCT line_id) AS ${sql.ref('lines')}, COUNT(*) AS items,
      SUM(amount_minor) AS total
    FROM ${source.items} i WHERE billing_period = ${period}
    GROUP BY company_id, closing_group, service_id, tax_code, tax_rate_bps, charge_period ORDER BY company_id`.execute(
    sqlOf(emOf(deps)),
  );
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
