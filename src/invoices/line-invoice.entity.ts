import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const LineInvoiceSchema = defineEntity({
  name: 'LineInvoice',
  tableName: 'line_invoice',
  properties: {
    billingPeriod: p.character().length(7).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    number: p.string().length(24).nullable(),
    holder: p.string().length(120).nullable(),
    itemCount: p.integer().unsigned(),
    totalMinor: p.bigint(),
    /** The total once it is numbered, to search by; computed by the table. */
    issuedMinor: p.bigint().nullable().persist(false),
  },
});

/** The invoice of one tenure of a line for one billing period; numbered when closed. */
export class LineInvoice extends LineInvoiceSchema.class {}
LineInvoiceSchema.setClass(LineInvoice);
