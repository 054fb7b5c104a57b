import { defineEntity, p } from '@mikro-orm/mariadb';

export const FreeMonthSchema = defineEntity({
  name: 'FreeMonth',
  tableName: 'free_month',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    serviceId: p.integer().unsigned().primary(),
    itemCode: p.string().length(32).primary(),
    kind: p.string().length(5).$type<'first' | 'last'>().primary(),
    subscriptionId: p.character().length(26),
    month: p.character().length(7),
  },
});

/** The one subscription of a tenure and item that its free first, or its free last, month belongs to. */
export class FreeMonth extends FreeMonthSchema.class {}
FreeMonthSchema.setClass(FreeMonth);
