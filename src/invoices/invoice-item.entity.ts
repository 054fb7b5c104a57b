import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const InvoiceItemSchema = defineEntity({
  name: 'InvoiceItem',
  tableName: 'invoice_item',
  properties: {
    billingPeriod: p.character().length(7).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    /** The charge, or the charge that was refunded. */
    chargeId: p.character().length(26).primary(),
    /** Empty for the charge itself. */
    refundId: p.string().length(26).primary().default(''),
    companyId: p.integer().unsigned(),
    serviceId: p.integer().unsigned(),
    businessDate: p.date(),
    kind: p.string().length(8).$type<'one_time' | 'monthly' | 'usage' | 'refund'>(),
    description: p.string().length(120),
    /** Negative for a refund. */
    amountMinor: p.bigint(),
    taxCode: p.string().length(10).$type<'standard' | 'reduced'>(),
    taxRateBps: p.smallint().unsigned(),
    late: p.boolean(),
    /** Of a refund: the business date and the billing period of its charge. */
    suppliedOn: p.date().nullable(),
    chargePeriod: p.character().length(7).nullable(),
  },
});

/** One captured charge, or one refund of a charge, on a line invoice of its tenure. */
export class InvoiceItem extends InvoiceItemSchema.class {}
InvoiceItemSchema.setClass(InvoiceItem);
