import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const LineInvoiceTaxSchema = defineEntity({
  name: 'LineInvoiceTax',
  tableName: 'line_invoice_tax',
  properties: {
    billingPeriod: p.character().length(7).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    part: p.string().length(12).$type<'registered' | 'unregistered'>().primary(),
    taxCode: p.string().length(10).$type<'standard' | 'reduced'>().primary(),
    taxRateBps: p.smallint().unsigned().primary(),
    totalMinor: p.bigint(),
    taxMinor: p.bigint(),
  },
});

/** Tax of an invoice by supplier status and rate, rounded once. The column `part` has the supplier status. */
export class LineInvoiceTax extends LineInvoiceTaxSchema.class {}
LineInvoiceTaxSchema.setClass(LineInvoiceTax);
