import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const LineSchema = defineEntity({
  name: 'Line',
  tableName: 'line',
  properties: {
    lineId: p.string().length(16).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>(),
    status: p.string().length(10).$type<'active' | 'suspended' | 'closed'>(),
    monthlyLimitMinor: p.bigint().nullable(),
    updatedAt: p.datetime(3),
    digest: p.bigint().unsigned().nullable(),
  },
});

/** An access line of the carrier. */
export class Line extends LineSchema.class {}
LineSchema.setClass(Line);
