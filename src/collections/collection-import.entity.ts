import { defineEntity, p } from '@mikro-orm/mariadb';

export const CollectionImportSchema = defineEntity({
  name: 'CollectionImport',
  tableName: 'collection_import',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    kind: p.string().length(8).$type<'results' | 'answers'>(),
    fileName: p.string().length(255),
    /** SHA-256 of the file's bytes. */
    checksum: p.character().length(64),
    bookedOn: p.date(),
    createdAt: p.datetime(3),
  },
});

/** A file of the carrier with results or answers; the same bytes are one file. */
export class CollectionImport extends CollectionImportSchema.class {}
CollectionImportSchema.setClass(CollectionImport);
