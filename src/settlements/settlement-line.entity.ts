import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const SettlementLineSchema = defineEntity({
  name: 'SettlementLine',
  tableName: 'settlement_part',
  properties: {
    settlementId: p.character().length(26).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    serviceId: p.integer().unsigned().primary(),
    taxCode: p.string().length(10).$type<'standard' | 'reduced'>().primary(),
    taxRateBps: p.smallint().unsigned().primary(),
    /** Charges; refunds on invoices of the period; or refunds by bank in its calendar month. */
    kind: p.string().length(8).$type<'charge' | 'refund' | 'bank'>().primary().default('charge'),
    /** Of refunds: the billing period of their charges. */
    originalPeriod: p.character().length(7).primary().default(''),
    /** Lines and items of charges that count for the fee; of refunds all. */
    lineCount: p.integer().unsigned(),
    itemCount: p.integer().unsigned(),
    /** Of charges before refunds; of refunds negative. */
    totalMinor: p.bigint(),
  },
});

/** One line of a settlement: what was billed, or refunded, under a closing group, service and tax rate. Its table keeps the name settlement_part. */
export class SettlementLine extends SettlementLineSchema.class {}
SettlementLineSchema.setClass(SettlementLine);
