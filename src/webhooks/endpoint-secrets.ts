import type { Config } from '../../config/config.ts';
import { openSecret, sealSecret } from '../identity/sealed-secret.ts';
import type { SigningKeys } from './signature.rules.ts';
import type { WebhookEndpoint } from './webhook-endpoint.entity.ts';

type Settings = Pick<Config, 'secret'>;

/** Encrypts what messages of an endpoint are signed with; it opens for that endpoint alone. */
export function sealOf(config: Settings, endpointId: string, secret: string | Buffer): string {
  return sealSecret(config, contextOf(endpointId), Buffer.from(secret));
}

/** The keys that sign now: the secret, the one before it while both hold, and the key of ed25519. */
export function keysOf(
  config: Settings,
  endpoint: Pick<WebhookEndpoint, 'id' | 'secret' | 'previousSecret' | 'previousSecretUntil' | 'signingKey'>,
  now: Date,
): SigningKeys {
  const { id, secret, previousSecret, previousSecretUntil, signingKey } = endpoint;
  const open = (sealed: string) => openSecret(config, contextOf(id), sealed);
  const isOverlap = previousSecret != null && previousSecretUntil != null && previousSecretUntil > now;
  return {
    secrets: [secret, ...(isOverlap ? [previousSecret] : [])].map((sealed) => open(sealed).toString('utf8')),
    privateKey: signingKey == null ? undefined : open(signingKey),
  };
}

function contextOf(endpointId: string) {
  return { purpose: 'webhook-secret', owner: endpointId };
}
