import { defineEntity, p } from '@mikro-orm/mariadb';

export const ConsentSchema = defineEntity({
  name: 'Consent',
  tableName: 'consent',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    subscriberId: p.integer().unsigned().nullable(),
    lineId: p.string().length(16).nullable(),
    holderFrom: p.date().nullable(),
    description: p.string().length(120),
    reference: p.string().length(64).nullable(),
    perChargeMaxMinor: p.bigint().nullable(),
    state: p.string().length(10).$type<'pending' | 'active' | 'declined' | 'expired' | 'ended'>(),
    createdAt: p.datetime(3),
    openUntil: p.datetime(3).nullable(),
    agreedAt: p.datetime(3).nullable(),
    endedAt: p.datetime(3).nullable(),
  },
});

/** A subscriber's standing agreement to usage charges of a service. */
export class Consent extends ConsentSchema.class {}
ConsentSchema.setClass(Consent);
