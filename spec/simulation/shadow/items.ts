import type { Group, TaxCode } from '../plan/world-plan.ts';
import type { Shadow } from './state.ts';

/** What stands on an invoice: a charge, or a refund as a negative amount. */
export interface Item {
  readonly name: string;
  readonly charge: string;
  readonly company: string;
  readonly service: string;
  readonly line: string;
  readonly holderFrom: string;
  readonly kind: 'one_time' | 'monthly' | 'usage' | 'refund';
  readonly amount: number;
  readonly taxCode: TaxCode;
  readonly percent: number;
  readonly businessDate: string;
  /** Of a refund, the day of its charge. */
  readonly suppliedOn: string;
  readonly period: string;
  readonly group: Group;
  readonly late: boolean;
}

/** Everything that has come onto an invoice by now. */
export function listItems(shadow: Shadow): Item[] {
  const items: Item[] = [];
  for (const [name, charge] of shadow.charges) {
    const { folded, captured, company, service, kind, taxCode, line, holderFrom } = charge;
    if (!folded || !captured) continue;
    const whose = { company, service, taxCode, line: line!, holderFrom: holderFrom! };
    items.push({ name, charge: name, kind, ...whose, ...captured, suppliedOn: captured.businessDate });
  }
  for (const [name, { charge: of, folded, group, amount, ...when }] of shadow.refunds) {
    if (!folded || group === null) continue;
    const { company, service, taxCode, line, holderFrom, captured } = shadow.charges.get(of)!;
    const { percent, businessDate: suppliedOn } = captured!;
    const whose = { company, service, taxCode, line: line!, holderFrom: holderFrom! };
    const { period, businessDate } = when;
    const refund = {
      kind: 'refund',
      amount: -amount,
      percent,
      businessDate,
      suppliedOn,
      late: false,
    } as const;
    items.push({ name, charge: of, ...whose, ...refund, period, group });
  }
  return items;
}
