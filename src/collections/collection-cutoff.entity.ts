import { defineEntity, p } from '@mikro-orm/mariadb';

export const CollectionCutoffSchema = defineEntity({
  name: 'CollectionCutoff',
  tableName: 'collection_cutoff',
  properties: {
    companyId: p.integer().unsigned().primary(),
    billingPeriod: p.character().length(7).primary(),
    cutOn: p.date(),
    createdAt: p.datetime(3),
  },
});

/** A month of a company that is settled on what is collected: what had no result by then counts as uncollected from that day on. */
export class CollectionCutoff extends CollectionCutoffSchema.class {}
CollectionCutoffSchema.setClass(CollectionCutoff);
