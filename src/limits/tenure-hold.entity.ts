import { defineEntity, p } from '@mikro-orm/mariadb';

export const TenureHoldSchema = defineEntity({
  name: 'TenureHold',
  tableName: 'tenure_hold',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    heldMinor: p.bigint(),
    /** Sales, counted on the nodes of a cluster only. */
    passed: p.bigint().unsigned().default('0'),
  },
});

/** What a tenure has authorized and not captured yet. Sales on one tenure lock this row, so they run one after another. */
export class TenureHold extends TenureHoldSchema.class {}
TenureHoldSchema.setClass(TenureHold);
