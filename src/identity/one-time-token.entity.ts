import { defineEntity, p } from '@mikro-orm/mariadb';

/** What a token opens. */
export type TokenKind =
  | 'invitation'
  | 'password-reset'
  | 'second-factor'
  | 'enrolment'
  | 'passkey-registration'
  | 'passkey-sign-in'
  | 'no-account';

export const OneTimeTokenSchema = defineEntity({
  name: 'OneTimeToken',
  tableName: 'one_time_token',
  properties: {
    tokenHash: p.character().length(64).primary(),
    kind: p.string().length(24).$type<TokenKind>(),
    ownerKind: p.string().length(10).$type<'account' | 'subscriber'>().nullable(),
    ownerId: p.integer().unsigned().nullable(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
  },
});

/** A secret that works once; only its hash is kept. */
export class OneTimeToken extends OneTimeTokenSchema.class {}
OneTimeTokenSchema.setClass(OneTimeToken);
