import { defineEntity, p } from '@mikro-orm/mariadb';

export const SealSchema = defineEntity({
  name: 'Seal',
  tableName: 'seal',
  properties: {
    number: p.integer().unsigned().primary(),
    businessDate: p.date(),
    takenAt: p.datetime(3),
    previousHash: p.character().length(64).nullable(),
    hash: p.character().length(64),
    salt: p.character().length(64),
    content: p.text().columnType('longtext'),
  },
});

/** The seal of a night; it never changes. */
export class Seal extends SealSchema.class {}
SealSchema.setClass(Seal);
