import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const SettlementPartSchema = defineEntity({
  name: 'SettlementPart',
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

/** What a settlement is made of, by closing group, service and tax rate. */
export class SettlementPart extends SettlementPartSchema.class {}
SettlementPartSchema.setClass(SettlementPart);
