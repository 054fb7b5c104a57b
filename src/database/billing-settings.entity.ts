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

/** In what the books of a database are kept; one row. */
export class BillingSettings extends BillingSettingsSchema.class {}
BillingSettingsSchema.setClass(BillingSettings);
