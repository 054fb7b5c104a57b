import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SigningAlgorithm } from './public-key.rules.ts';

export const SigningKeySchema = defineEntity({
  name: 'SigningKey',
  tableName: 'signing_key',
  properties: {
    /** What a signature names as its `keyid`. */
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    label: p.string().length(60),
    algorithm: p.string().length(14).$type<SigningAlgorithm>(),
    /** SPKI (DER) in base64. */
    publicKey: p.string().length(1200),
    /** SHA-256 of the SPKI in base64url. */
    fingerprint: p.character().length(43),
    createdAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
  },
});

/** A public key by which a company's signed requests are verified; only the company has the private one. */
export class SigningKey extends SigningKeySchema.class {}
SigningKeySchema.setClass(SigningKey);
