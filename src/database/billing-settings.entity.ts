import { defineEntity, p } from '@mikro-orm/mariadb';

export const BillingSettingsSchema = defineEntity({
  name: 'BillingSettings',
  tableName: 'books',
  properties: {
    id: p.tinyint().unsigned().$type<1>().primary(),
    timeZone: p.string().length(64),
    currency: p.character().length(3),
    begunAt: p.datetime(3),
    /** Set by the first process in production mode, and never taken back by one. */
    inProduction: p.boolean().default(false),
  },
});

/** Time zone and currency of a database, and whether it is one of production; one row in the table `books`, whose name predates the term. */
export class BillingSettings extends BillingSettingsSchema.class {}
BillingSettingsSchema.setClass(BillingSettings);
