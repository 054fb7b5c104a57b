import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const LinePeriodSchema = defineEntity({
  name: 'LinePeriod',
  tableName: 'line_period',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    period: p.character().length(7).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>(),
    spentMinor: p.bigint(),
  },
});

/**
 * What a tenure of a line has booked in a billing period, and the closing group it was begun with. Authorizations that
 * are open count besides, in every period (`TenureHold`).
 */
export class LinePeriod extends LinePeriodSchema.class {}
LinePeriodSchema.setClass(LinePeriod);
