import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { BilledSums } from './settlement.rules.ts';

/** What a company sold under one service and tax rate to the lines of one closing group. */
export interface SettlementLineFigures {
  readonly closingGroup: ClosingGroup;
  readonly serviceId: number;
  readonly taxCode: 'standard' | 'reduced';
  readonly taxRateBps: number;
  readonly lineCount: number;
  readonly itemCount: number;
  readonly totalMinor: bigint;
}

/** The invoice items of a company in a period, summed up. */
export interface BilledCompany extends BilledSums {
  readonly settlementLines: readonly SettlementLineFigures[];
  readonly firstBusinessDate: string;
  readonly lastBusinessDate: string;
}

/**
 * Sums the invoice items of a billing period up for every company, in one pass for the sums and one for the lines of their
 * settlements, over the range of the clustered key, however many companies there are.
 */
export async function sumBilled(deps: Deps, period: string): Promise<Map<number, BilledCompany>> {
  const settlementLines = await sumSettlementLines(deps, period);
  const companies = await sqlOf(emOf(deps))
    .selectFrom('invoice_item')
    .select(({ fn }) => [
      'companyId',
      fn.sum('amountMinor').as('billed'),
      fn.count('lineId').distinct().as('lines'),
      fn.countAll().as('items'),
      fn.min('businessDate').as('firstBusinessDate'),
      fn.max('businessDate').as('lastBusinessDate'),
    ])
    .where('billingPeriod', '=', period)
    .groupBy('companyId')
    .execute();
  return new Map(
    companies.map(({ companyId, billed, lines, items, ...dates }) => [
      companyId,
      {
        ...dates,
        billedMinor: BigInt(billed),
        lineCount: Number(lines),
        itemCount: Number(items),
        settlementLines: settlementLines.get(companyId) ?? [],
      },
    ]),
  );
}

async function sumSettlementLines(deps: Deps, period: string): Promise<Map<number, SettlementLineFigures[]>> {
  const key = ['companyId', 'closingGroup', 'serviceId', 'taxCode', 'taxRateBps'] as const;
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
  for (const { companyId, lines, items, total, ...line } of rows) {
    const sums = { lineCount: Number(lines), itemCount: Number(items), totalMinor: BigInt(total) };
    const known = settlementLines.get(companyId);
    if (known) known.push({ ...line, ...sums });
    else settlementLines.set(companyId, [{ ...line, ...sums }]);
  }
  return settlementLines;
}
