import { createHmac, createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';
const PUBLIC_PREFIX = 'whpk_';
const SECRET_BYTES = 32;
/** What stands before the 32 bytes of a public key of ed25519 (RFC 8410). */
const SPKI_BYTES = 12;

/** A new secret of an endpoint, as its company keeps it. */
export function generateSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/** A new pair of ed25519: the private key in DER, and the public one as its company keeps it. */
export function generateSigningKey(): { readonly privateKey: Buffer; readonly publicKey: string } {
  const pair = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
    publicKeyEncoding: { type: 'spki', format: 'der' },
  });
  return {
    privateKey: pair.privateKey,
    publicKey: PUBLIC_PREFIX + pair.publicKey.subarray(SPKI_BYTES).toString('base64'),
  };
}

/** What messages of an endpoint are signed with. */
export interface SigningKeys {
  /** `whsec_…`; several while a secret is replaced. */
  readonly secrets: readonly string[];
  readonly privateKey?: Buffer | undefined;
}

export interface Message {
  readonly id: string;
  readonly timestampSeconds: number;
  readonly body: string;
}

/** The headers of a message (Standard Webhooks 1.0): one signature for each secret and key. */
export function signMessage(keys: SigningKeys, { id, timestampSeconds, body }: Message) {
  const content = Buffer.from(`${id}.${timestampSeconds}.${body}`);
  const signatures = keys.secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
  });
  if (keys.privateKey) {
    const key = createPrivateKey({ key: keys.privateKey, format: 'der', type: 'pkcs8' });
    signatures.push(`v1a,${sign(null, content, key).toString('base64')}`);
  }
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  } as const;
}
