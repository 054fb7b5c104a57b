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
    lineCount: p.integer().unsigned(),
    itemCount: p.integer().unsigned(),
    totalMinor: p.bigint(),
  },
});

/** One line of a settlement: what was billed under a closing group, service and tax rate. Its table keeps the name settlement_part. */
export class SettlementLine extends SettlementLineSchema.class {}
SettlementLineSchema.setClass(SettlementLine);
