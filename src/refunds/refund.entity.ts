import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refund',
  properties: {
    id: p.character().length(26).primary(),
    chargeId: p.character().length(26),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    /** The billing period and closing group of the charge. */
    chargePeriod: p.character().length(7),
    chargeGroup: p.tinyint().unsigned().$type<ClosingGroup>(),
    amountMinor: p.bigint(),
    /** Sum of the charge's refunds before this one. */
    refundedBeforeMinor: p.bigint(),
    taxCode: p.string().length(10).$type<'standard' | 'reduced'>(),
    taxRateBps: p.smallint().unsigned(),
    /** An item of the tenure's open invoice; or, when that tenure has none any more, paid by bank. */
    kind: p.string().length(8).$type<'invoice' | 'bank'>(),
    /** Booked on. */
    businessDate: p.date(),
    /** The period of the invoice; of a bank refund the month of its business date. */
    billingPeriod: p.character().length(7),
    /** None for a bank refund. */
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().nullable(),
    reason: p.string().length(24),
    note: p.string().length(200).nullable(),
    reference: p.string().length(64).nullable(),
    /** Of a refund that took two people. */
    approvalId: p.character().length(26).nullable(),
    createdBy: p.string().length(80),
    createdAt: p.datetime(3),
  },
});

/** A part of a captured charge, or all of it, given back to the holder who paid it. Rows never change. */
export class Refund extends RefundSchema.class {}
RefundSchema.setClass(Refund);
