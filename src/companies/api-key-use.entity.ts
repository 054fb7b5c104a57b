import { defineEntity, p } from '@mikro-orm/mariadb';

export const ApiKeyUseSchema = defineEntity({
  name: 'ApiKeyUse',
  tableName: 'api_key_use',
  properties: {
    apiKeyId: p.character().length(26).primary(),
    lastUsedAt: p.datetime(3),
  },
});

/** When a key was used last; no row for a key that was never used. */
export class ApiKeyUse extends ApiKeyUseSchema.class {}
ApiKeyUseSchema.setClass(ApiKeyUse);
