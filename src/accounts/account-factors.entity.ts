import { defineEntity, p } from '@mikro-orm/mariadb';

export const AccountTotpSchema = defineEntity({
  name: 'AccountTotp',
  tableName: 'account_totp',
  properties: {
    accountId: p.integer().unsigned().primary(),
    /** The encrypted seed; null until a first code has confirmed it. */
    secret: p.string().length(160).nullable(),
    confirmedAt: p.datetime(3).nullable(),
    /** The step of 30 seconds whose code was used last. */
    lastStep: p.integer().unsigned().nullable(),
    /** The encrypted seed of an enrolment that no code has confirmed yet. */
    pendingSecret: p.string().length(160).nullable(),
    pendingAt: p.datetime(3).nullable(),
  },
});

/** The authenticator app of an account. */
export class AccountTotp extends AccountTotpSchema.class {}
AccountTotpSchema.setClass(AccountTotp);

export const AccountRecoveryCodeSchema = defineEntity({
  name: 'AccountRecoveryCode',
  tableName: 'account_recovery_code',
  properties: {
    accountId: p.integer().unsigned().primary(),
    codeHash: p.character().length(64).primary(),
    createdAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
  },
});

/** A code for the day on which the phone is lost; it works once. */
export class AccountRecoveryCode extends AccountRecoveryCodeSchema.class {}
AccountRecoveryCodeSchema.setClass(AccountRecoveryCode);
