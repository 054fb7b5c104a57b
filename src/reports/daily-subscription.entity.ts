import { defineEntity, p } from '@mikro-orm/mariadb';

export const DailySubscriptionSchema = defineEntity({
  name: 'DailySubscription',
  tableName: 'daily_subscription',
  properties: {
    businessDate: p.date().primary(),
    companyId: p.integer().unsigned().primary(),
    serviceId: p.integer().unsigned().primary(),
    joinedCount: p.integer().unsigned(),
    leftCount: p.integer().unsigned(),
    /** When the day ended. */
    activeCount: p.integer().unsigned(),
  },
});

/** The subscriptions of a service on a business date. */
export class DailySubscription extends DailySubscriptionSchema.class {}
DailySubscriptionSchema.setClass(DailySubscription);
