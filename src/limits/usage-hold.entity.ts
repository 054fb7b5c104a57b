import { defineEntity, p } from '@mikro-orm/mariadb';

export const UsageHoldSchema = defineEntity({
  name: 'UsageHold',
  tableName: 'usage_hold',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    fileId: p.character().length(26).primary(),
    number: p.integer().unsigned().primary(),
    subscriberId: p.integer().unsigned(),
    amountMinor: p.bigint(),
  },
});

/** What a use in a company's file, accepted and not charged yet, takes of the limits of its tenure. */
export class UsageHold extends UsageHoldSchema.class {}
UsageHoldSchema.setClass(UsageHold);
