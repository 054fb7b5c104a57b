import { defineEntity, p } from '@mikro-orm/mariadb';

export const PaymentRequestDaySchema = defineEntity({
  name: 'PaymentRequestDay',
  tableName: 'payment_request_day',
  properties: {
    companyId: p.integer().unsigned().primary(),
    businessDate: p.date().primary(),
    sent: p.integer().unsigned(),
  },
});

/** How many payment requests a company has sent on a business date. */
export class PaymentRequestDay extends PaymentRequestDaySchema.class {}
PaymentRequestDaySchema.setClass(PaymentRequestDay);
