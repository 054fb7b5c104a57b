import { defineEntity, p } from '@mikro-orm/mariadb';

export const SubscriptionSchema = defineEntity({
  name: 'Subscription',
  tableName: 'subscription',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    itemCode: p.string().length(32),
    description: p.string().length(120),
    reference: p.string().length(64).nullable(),
    amountMinor: p.bigint(),
    taxCode: p.string().length(10).$type<'standard' | 'reduced'>(),
    chargeDay: p.tinyint().unsigned(),
    firstMonthFree: p.boolean(),
    lastMonthFree: p.boolean(),
    subscriberId: p.integer().unsigned().nullable(),
    lineId: p.string().length(16).nullable(),
    holderFrom: p.date().nullable(),
    state: p.string().length(10).$type<'pending' | 'active' | 'leaving' | 'ended' | 'declined' | 'expired'>(),
    createdAt: p.datetime(3),
    openUntil: p.datetime(3).nullable(),
    joinedAt: p.datetime(3).nullable(),
    joinedOn: p.date().nullable(),
    leftAt: p.datetime(3).nullable(),
    leftOn: p.date().nullable(),
    renewedThrough: p.character().length(7).nullable(),
    nextDueOn: p.date().nullable(),
  },
});

/**
 * A monthly subscription: an agreement that makes one charge a month. `renewedThrough` is the last billed month and keeps its
 * column's name, which the API has too; `nextDueOn` is the date on which a night next has something to do, null once nothing is left.
 */
export class Subscription extends SubscriptionSchema.class {}
SubscriptionSchema.setClass(Subscription);
