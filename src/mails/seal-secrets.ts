import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { Config } from '../../config/config.ts';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

type Secret = Pick<Config, 'secret'>;

/**
 * Encrypts what a mail must not keep in clear: a reader of the table, or of a backup, can sign in with none of it. The text is
 * bound to its mail.
 */
export function sealSecrets(config: Secret, mailId: string, secrets: object): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, keyOf(config), iv).setAAD(Buffer.from(mailId));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The secrets of a mail. @throws if TABANE_SECRET has changed since, or the text is not that of this mail. */
export function openSecrets(config: Secret, mailId: string, sealed: string): Record<string, unknown> {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(ALGORITHM, keyOf(config), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(mailId)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const text = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as Record<string, unknown>;
}

/** A key of its own, so that nothing else made of TABANE_SECRET opens these. */
function keyOf({ secret }: Secret): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'mail-secrets', 32));
}
