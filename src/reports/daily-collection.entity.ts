import { defineEntity, p } from '@mikro-orm/mariadb';

/** The entries of the ledger that say what of the carrier's claims is collected; ../ledger/README.md explains each. */
export const collectionKinds = [
  'collected',
  'collected-back',
  'uncollected',
  'uncollected-back',
  'clawback',
  'recovery',
  'loss',
  'loss-back',
] as const;

export type CollectionKind = (typeof collectionKinds)[number];

export const DailyCollectionSchema = defineEntity({
  name: 'DailyCollection',
  tableName: 'daily_collection',
  properties: {
    bookedOn: p.date().primary(),
    kind: p.string().length(16).$type<CollectionKind>().primary(),
    amountMinor: p.bigint(),
  },
});

/** What was booked of collection on a business date. */
export class DailyCollection extends DailyCollectionSchema.class {}
DailyCollectionSchema.setClass(DailyCollection);
