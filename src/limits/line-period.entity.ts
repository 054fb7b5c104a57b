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
 * What a tenure of a line has spent in a billing period, and the line's closing group when the row was created. Open
 * authorizations count as well, in every period (`TenureHold`).
 */
export class LinePeriod extends LinePeriodSchema.class {}
LinePeriodSchema.setClass(LinePeriod);
