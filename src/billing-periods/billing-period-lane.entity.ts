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

/** A stripe of the write barrier of a billing period, and how often it was written. Table and column keep the name lane. */
export class BillingPeriodLane extends BillingPeriodLaneSchema.class {}
BillingPeriodLaneSchema.setClass(BillingPeriodLane);
