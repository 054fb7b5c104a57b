import type { StatementRefund } from '../../templates/statement/statement.types.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { sqlOf } from '../database/sql.ts';
import { closingDatesOf } from '../shared/calendar.rules.ts';

/** A settlement whose refunds are listed. */
interface RefundedSettlement {
  readonly id: string;
  readonly companyId: number;
  readonly billingPeriod: string;
  readonly refundedMinor: bigint;
}

/**
 * What a settlement deducts as refunds, by period of the charges and tax rate, the oldest first. On an invoice they are given back
 * on its closing date, by bank on the days on which they were booked.
 */
export async function listStatementRefunds(
  deps: Deps,
  settlement: RefundedSettlement,
): Promise<StatementRefund[]> {
  if (settlement.refundedMinor === 0n) return [];
  const rows = [
    ...(await listInvoiceRefunds(deps, settlement)),
    ...(await listBankRefunds(deps, settlement)),
  ];
  return rows.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'));
}

const keyOf = ({ originalPeriod, way, taxCode, taxRateBps }: StatementRefund) =>
  [originalPeriod, way === 'invoice' ? 1 : 2, taxCode === 'standard' ? 1 : 2, 9_999 - taxRateBps].join('/');

async function listInvoiceRefunds(deps: Deps, { id, billingPeriod }: RefundedSettlement) {
  const closesOn = new Map(closingDatesOf(billingPeriod).map(({ group, closesOn: date }) => [group, date]));
  const rows = await sqlOf(emOf(deps))
    .selectFrom('settlement_part')
    .select(['originalPeriod', 'closingGroup', 'taxCode', 'taxRateBps'])
    .select(({ fn }) => [fn.sum('itemCount').as('items'), fn.sum('totalMinor').as('total')])
    .where('settlementId', '=', id)
    .where('kind', '=', 'refund')
    .groupBy(['originalPeriod', 'closingGroup', 'taxCode', 'taxRateBps'])
    .execute();
  const groups = Map.groupBy(rows, (row) => `${row.originalPeriod}/${row.taxCode}/${row.taxRateBps}`);
  return [...groups.values()].map((group): StatementRefund => {
    const [{ originalPeriod, taxCode, taxRateBps }] = group as [(typeof group)[number]];
    const dates = group.map(({ closingGroup }) => closesOn.get(closingGroup) ?? '').sort();
    return {
      originalPeriod,
      taxCode,
      taxRateBps,
      way: 'invoice',
      returnedFrom: dates[0] ?? '',
      returnedTo: dates.at(-1) ?? '',
      itemCount: group.reduce((sum, { items }) => sum + Number(items), 0),
      totalMinor: group.reduce((sum, { total }) => sum - BigInt(total), 0n),
    };
  });
}

/** Of the company alone: a period may have those of thousands. */
async function listBankRefunds(deps: Deps, { companyId, billingPeriod }: RefundedSettlement) {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('refund')
    .select(['chargePeriod', 'taxCode', 'taxRateBps'])
    .select(({ fn }) => [fn.countAll().as('items'), fn.sum('amountMinor').as('total')])
    .select(({ fn }) => [fn.min('businessDate').as('first'), fn.max('businessDate').as('last')])
    .where('billingPeriod', '=', billingPeriod)
    .where('closingGroup', 'is', null)
    .where('kind', '=', 'bank')
    .where('companyId', '=', companyId)
    .groupBy(['chargePeriod', 'taxCode', 'taxRateBps'])
    .execute();
  return rows.map(({ chargePeriod, taxCode, taxRateBps, items, total, first, last }): StatementRefund => ({
    originalPeriod: chargePeriod,
    taxCode,
    taxRateBps,
    way: 'bank',
    returnedFrom: first,
    returnedTo: last,
    itemCount: Number(items),
    totalMinor: BigInt(total),
  }));
}
