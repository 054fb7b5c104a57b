import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const BillingPeriodLaneSchema = defineEntity({
  name: 'BillingPeriodLane',
  tableName: 'billing_period_lane',
  properties: {
    period: p.character().length(7).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    lane: p.smallint().unsigned().primary(),
    passed: p.bigint().unsigned(),
  },
});

/** One of the lanes in which charges enter a billing period, and how often one has. */
export class BillingPeriodLane extends BillingPeriodLaneSchema.class {}
BillingPeriodLaneSchema.setClass(BillingPeriodLane);
