import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const ChargeSchema = defineEntity({
  name: 'Charge',
  tableName: 'charge',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    kind: p.string().length(8).$type<'one_time' | 'monthly' | 'usage'>(),
    state: p.string().length(10).$type<'pending' | 'authorized' | 'captured' | 'cancelled' | 'expired'>(),
    amountMinor: p.bigint(),
    capturedMinor: p.bigint().nullable(),
    taxCode: p.string().length(10).$type<'standard' | 'reduced'>(),
    taxRateBps: p.smallint().unsigned().nullable(),
    description: p.string().length(120),
    reference: p.string().length(64).nullable(),
    /** The sales partner that the company names. */
    partnerCode: p.string().length(32).nullable().default(null),
    automaticCapture: p.boolean(),
    subscriberId: p.integer().unsigned().nullable(),
    lineId: p.string().length(16).nullable(),
    holderFrom: p.date().nullable(),
    consentId: p.character().length(26).nullable(),
    subscriptionId: p.character().length(26).nullable(),
    subscriptionMonth: p.character().length(7).nullable(),
    createdAt: p.datetime(3),
    /** Of an authorization no later than the entitlement of its buyer lasts. */
    openUntil: p.datetime(3).nullable(),
    authorizedAt: p.datetime(3).nullable(),
    /** End of the authorization by the contract; `openUntil` comes before it when the entitlement is lost. */
    authorizedUntil: p.datetime(3).nullable(),
    /** Of the tenure, in force when the charge was allowed. */
    limitMinor: p.bigint().nullable(),
    /** The same of the issued ID, if it had a limit of its own. */
    ownLimitMinor: p.bigint().nullable(),
    reservedPeriod: p.character().length(7).nullable(),
    capturedAt: p.datetime(3).nullable(),
    businessDate: p.date().nullable(),
    billingPeriod: p.character().length(7).nullable(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().nullable(),
    late: p.boolean().default(false),
    endedAt: p.datetime(3).nullable(),
    endedBy: p.string().length(12).nullable(),
  },
});

/** A charge of a company on a line, from request to capture or end. */
export class Charge extends ChargeSchema.class {}
ChargeSchema.setClass(Charge);
