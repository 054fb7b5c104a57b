import { defineEntity, p } from '@mikro-orm/mariadb';

export const UsageItemKeySchema = defineEntity({
  name: 'UsageItemKey',
  tableName: 'usage_item_key',
  properties: {
    chargeId: p.character().length(26).primary(),
    consentId: p.character().length(26),
    itemKey: p.string().length(64),
  },
});

/** The key a company gave to one use under a consent, and the charge it names for good. */
export class UsageItemKey extends UsageItemKeySchema.class {}
UsageItemKeySchema.setClass(UsageItemKey);
