import { defineEntity, p } from '@mikro-orm/mariadb';

export const PasskeySchema = defineEntity({
  name: 'Passkey',
  tableName: 'passkey',
  properties: {
    /** As the browser names it, base64url. */
    credentialId: p.string().length(1400).primary(),
    ownerKind: p.string().length(10).$type<'account' | 'subscriber'>(),
    ownerId: p.integer().unsigned(),
    /** COSE, base64url; some algorithms need 2 KB. */
    publicKey: p.text(),
    /** Of the last use; a synced key always reports 0. */
    counter: p.integer().unsigned(),
    /** Comma-separated. */
    transports: p.string().length(100),
    isSynced: p.boolean(),
    /** What its owner calls it. */
    label: p.string().length(60),
    createdAt: p.datetime(3),
    lastUsedAt: p.datetime(3).nullable(),
  },
});

/** A passkey of a person. */
export class Passkey extends PasskeySchema.class {}
PasskeySchema.setClass(Passkey);
