import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ID_PATTERN, type Ids } from '../shared/ids.ts';

const TOKEN = new RegExp(`^tbn_(${ID_PATTERN})_([A-Za-z0-9_-]{43})$`);

export interface NewApiKey {
  readonly id: string;
  /** 256 random bits; never stored. */
  readonly secret: string;
  /** What the company sends: shown once. */
  readonly token: string;
}

/** Makes a key: a public id that finds its row, and a secret of which only the hash is kept. */
export function generateApiKey(ids: Ids): NewApiKey {
  const id = ids.next();
  const secret = randomBytes(32).toString('base64url');
  return { id, secret, token: `tbn_${id}_${secret}` };
}

/** Takes a sent key apart; undefined when it has not the shape of one. */
export function parseApiKey(token: string): { id: string; secret: string } | undefined {
  const [, id, secret] = TOKEN.exec(token) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

/** SHA-256 as hex. Enough for a secret that is random to begin with; people's passwords get argon2id. */
export function hashSecret(secret: string): string {
  return hash('sha256', secret);
}

/** Compares in constant time. */
export function matchesSecret(secret: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(secret), 'hex'), Buffer.from(secretHash, 'hex'));
}
