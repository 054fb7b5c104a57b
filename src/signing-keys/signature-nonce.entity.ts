import { defineEntity, p } from '@mikro-orm/mariadb';

export const SignatureNonceSchema = defineEntity({
  name: 'SignatureNonce',
  tableName: 'signature_nonce',
  properties: {
    signingKeyId: p.character().length(26).primary(),
    /** SHA-256 as hex. */
    nonceHash: p.character().length(64).primary(),
    /** From then on the age of its signature refuses it. */
    expiresAt: p.datetime(3),
  },
});

/** A nonce that was used: a signature with it is accepted once. */
export class SignatureNonce extends SignatureNonceSchema.class {}
SignatureNonceSchema.setClass(SignatureNonce);
