import { defineEntity, p } from '@mikro-orm/mariadb';

export const SignInFailureSchema = defineEntity({
  name: 'SignInFailure',
  tableName: 'sign_in_failure',
  properties: {
    scope: p.string().length(8).$type<'id' | 'source'>().primary(),
    keyHash: p.character().length(64).primary(),
    failures: p.integer().unsigned(),
    firstFailedAt: p.datetime(3),
    lockedUntil: p.datetime(3).nullable(),
  },
});

/** Failed sign-ins of one issued ID or one source address. */
export class SignInFailure extends SignInFailureSchema.class {}
SignInFailureSchema.setClass(SignInFailure);
