import { defineEntity, p } from '@mikro-orm/mariadb';
import type { CollectionResultKind } from './collection-state.rules.ts';

export const CollectionResultSchema = defineEntity({
  name: 'CollectionResult',
  tableName: 'collection_result',
  properties: {
    invoiceNumber: p.string().length(24).primary(),
    resultDate: p.date().primary(),
    /** 0 for none. */
    sequence: p.integer().unsigned().primary(),
    result: p.string().length(11).$type<CollectionResultKind>().primary(),
    collectedMinor: p.bigint().unsigned().primary(),
    /** Empty for none. */
    resultCode: p.string().length(8).primary(),
    bookedOn: p.date(),
    importId: p.integer().unsigned(),
  },
});

/** One row of a result file of the carrier. Every row is kept, also those that contradict another and so do not count. */
export class CollectionResult extends CollectionResultSchema.class {}
CollectionResultSchema.setClass(CollectionResult);
