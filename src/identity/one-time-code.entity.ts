import { defineEntity, p } from '@mikro-orm/mariadb';

/** What a mailed code is for. */
export type CodePurpose = 'sign-in' | 'password';

export const OneTimeCodeSchema = defineEntity({
  name: 'OneTimeCode',
  tableName: 'one_time_code',
  properties: {
    id: p.character().length(26).primary(),
    subscriberId: p.integer().unsigned(),
    purpose: p.string().length(8).$type<CodePurpose>(),
    codeHash: p.character().length(64),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    tries: p.tinyint().unsigned(),
    usedAt: p.datetime(3).nullable(),
  },
});

/** A code that was mailed to the holder of a line; only its keyed hash is stored. */
export class OneTimeCode extends OneTimeCodeSchema.class {}
OneTimeCodeSchema.setClass(OneTimeCode);
