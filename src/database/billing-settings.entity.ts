import { defineEntity, p } from '@mikro-orm/mariadb';

export const BillingSettingsSchema = defineEntity({
  name: 'BillingSettings',
  tableName: 'books',
  properties: {
    id: p.tinyint().unsigned().$type<1>().primary(),
    timeZone: p.string().length(64),
    currency: p.character().length(3),
    begunAt: p.datetime(3),
  },
});

/** Time zone and currency of a database; one row in the table `books`, whose name predates the term. */
export class BillingSettings extends BillingSettingsSchema.class {}
BillingSettingsSchema.setClass(BillingSettings);
