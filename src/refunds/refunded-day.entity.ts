import { defineEntity, p } from '@mikro-orm/mariadb';

export const RefundedDaySchema = defineEntity({
  name: 'RefundedDay',
  tableName: 'refunded_day',
  properties: {
    /** `company:12`, `staff:acct-3`, `line:CAF0000000001`. */
    subject: p.string().length(110).primary(),
    businessDate: p.date().primary(),
    refundedMinor: p.bigint(),
  },
});

/** What one refunder gave back on a business date without a second person; what a line got back. */
export class RefundedDay extends RefundedDaySchema.class {}
RefundedDaySchema.setClass(RefundedDay);
