import { defineEntity, p } from '@mikro-orm/mariadb';

export const IdempotencyKeySchema = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  properties: {
    companyId: p.integer().unsigned().primary(),
    keyHash: p.character().length(64).primary(),
    requestHash: p.character().length(64),
    status: p.smallint().unsigned(),
    answer: p.text().columnType('longtext'),
    createdAt: p.datetime(3),
  },
});

/** The response to one Idempotency-Key of a company, stored so that a repetition gets it again; the column keeps the name `answer`. */
export class IdempotencyKey extends IdempotencyKeySchema.class {}
IdempotencyKeySchema.setClass(IdempotencyKey);
