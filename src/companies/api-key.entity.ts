import { defineEntity, p } from '@mikro-orm/mariadb';

export const ApiKeySchema = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    label: p.string().length(60),
    secretHash: p.character().length(64),
    scopes: p.string().length(480),
    createdAt: p.datetime(3),
    revokedAt: p.datetime(3).nullable(),
    /** Of a key that was replaced: until when it works beside its successor. */
    endsAt: p.datetime(3).nullable(),
    successorId: p.character().length(26).nullable(),
    /** Networks (CIDR) from which it may be used, separated by spaces; null for any. */
    allowedAddresses: p.string().length(2400).nullable(),
    /** Whether it works with signed requests alone; the contract may ask for that of every key. */
    requiresSignature: p.boolean().default(false),
  },
});

/** A company's key to `/v1`; only the hash of its secret is kept. */
export class ApiKey extends ApiKeySchema.class {}
ApiKeySchema.setClass(ApiKey);
