import { defineEntity, p } from '@mikro-orm/mariadb';

export const SealMemberSchema = defineEntity({
  name: 'SealMember',
  tableName: 'seal_member',
  properties: {
    kind: p.string().length(32).primary(),
    bucket: p.string().length(16).primary(),
    number: p.integer().unsigned().primary(),
    piece: p.smallint().unsigned().primary(),
    rowCount: p.integer().unsigned(),
    fingerprints: p.blob().columnType('longblob'),
  },
});

/** The rows of a bucket in a seal. */
export class SealMember extends SealMemberSchema.class {}
SealMemberSchema.setClass(SealMember);
