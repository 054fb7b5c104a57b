import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Config } from '../../config/config.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What a sealed secret is for, and whose it is: it opens for nothing and nobody else. */
export interface SealContext {
  /** Each purpose has a key of its own. */
  readonly purpose: string;
  readonly owner: string;
}

/** Encrypts a secret that we have to read again, such as the seed of an authenticator app (AES-256-GCM), as base64url. */
export function sealSecret(config: Pick<Config, 'secret'>, context: SealContext, secret: Uint8Array): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(config, context), nonce);
  cipher.setAAD(Buffer.from(context.owner));
  const content = Buffer.concat([cipher.update(secret), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), content]).toString('base64url');
}

/** Decrypts what `sealSecret` made. Throws if it was changed, moved to another owner, or sealed under another secret. */
export function openSecret(config: Pick<Config, 'secret'>, context: SealContext, sealed: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(config, context), nonce, {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(context.owner));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
}

/** A key of 256 bits for one purpose, derived from the service's secret (RFC 5869). */
export function keyFor(
  { secret }: Pick<Config, 'secret'>,
  { purpose }: Pick<SealContext, 'purpose'>,
): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `tabane: ${purpose}`, 32));
}
