import { defineEntity, p } from '@mikro-orm/mariadb';

export const SubscriptionMonthSchema = defineEntity({
  name: 'SubscriptionMonth',
  tableName: 'subscription_month',
  properties: {
    subscriberId: p.integer().unsigned().primary(),
    serviceId: p.integer().unsigned().primary(),
    itemCode: p.string().length(32).primary(),
    month: p.character().length(7).primary(),
    subscriptionId: p.character().length(26),
    outcome: p.string().length(10).$type<'charged' | 'free' | 'refused'>(),
    chargeId: p.character().length(26).nullable(),
  },
});

/** Which calendar month of an item a subscriber has had, and how it ended. */
export class SubscriptionMonth extends SubscriptionMonthSchema.class {}
SubscriptionMonthSchema.setClass(SubscriptionMonth);
