import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { BilledSums } from './settlement.rules.ts';

/** What a company sold under one service and tax rate to the lines of one closing group. */
export interface BilledPart {
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
  readonly parts: readonly BilledPart[];
  readonly firstBusinessDate: string;
  readonly lastBusinessDate: string;
}

/**
 * Sums the invoice items of a billing period up for every company, in one pass for the sums and one for the
 * parts over the period's range of the clustered key, however many companies there are.
 */
export async function sumBilled(deps: Deps, period: string): Promise<Map<number, BilledCompany>> {
  const parts = await sumParts(deps, period);
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
        parts: parts.get(companyId) ?? [],
      },
    ]),
  );
}

async function sumParts(deps: Deps, period: string): Promise<Map<number, BilledPart[]>> {
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
  const parts = new Map<number, BilledPart[]>();
  for (const { companyId, lines, items, total, ...part } of rows) {
    const sums = { lineCount: Number(lines), itemCount: Number(items), totalMinor: BigInt(total) };
    const known = parts.get(companyId);
    if (known) known.push({ ...part, ...sums });
    else parts.set(companyId, [{ ...part, ...sums }]);
  }
  return parts;
}
