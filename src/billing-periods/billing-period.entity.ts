import { defineEntity, p } from '@mikro-orm/mariadb';
import type { ClosingGroup } from '../shared/calendar.rules.ts';

export const BillingPeriodSchema = defineEntity({
  name: 'BillingPeriod',
  tableName: 'billing_period',
  properties: {
    period: p.character().length(7).primary(),
    closingGroup: p.tinyint().unsigned().$type<ClosingGroup>().primary(),
    startsOn: p.date(),
    closesOn: p.date(),
    issueOn: p.date(),
    dueOn: p.date(),
    state: p.string().length(10).$type<'open' | 'closing' | 'closed'>(),
    invoiceCount: p.integer().unsigned().nullable(),
    itemCount: p.integer().unsigned().nullable(),
    totalMinor: p.bigint().nullable(),
    checksum: p.character().length(64).nullable(),
    closedAt: p.datetime(3).nullable(),
    /** Of the invoice details: 1 has an invoice per line, 2 one per tenure, 3 the same with prefixed charge identifiers, 4 says which items are refunds. */
    invoiceFormat: p.tinyint().unsigned().$type<1 | 2 | 3 | 4>().default(2),
  },
});

/** One billing period of one closing group and, once closed, its proof. */
export class BillingPeriod extends BillingPeriodSchema.class {}
BillingPeriodSchema.setClass(BillingPeriod);
