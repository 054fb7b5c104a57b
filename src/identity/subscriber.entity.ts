import { defineEntity, p } from '@mikro-orm/mariadb';

export const SubscriberSchema = defineEntity({
  name: 'Subscriber',
  tableName: 'subscriber',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    issuedId: p.string().length(32),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    slot: p.tinyint().unsigned().nullable(),
    displayName: p.string().length(60),
    passwordHash: p.string().length(255).nullable(),
    monthlyLimitMinor: p.bigint().nullable(),
    state: p.string().length(10).$type<'active' | 'ended'>(),
    createdAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
  },
});

/** A person with an issued ID on a line. */
export class Subscriber extends SubscriberSchema.class {}
SubscriberSchema.setClass(Subscriber);
