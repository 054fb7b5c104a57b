import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ID_PATTERN, type Ids } from '../shared/ids.ts';

const TOKEN = new RegExp(`^(${ID_PATTERN})-([A-Za-z0-9_-]{43})$`);

/** Makes the token of a new link: an identifier that finds its row, and 256 random bits of which only the hash is kept. */
export function generateAnswerToken(ids: Ids): { id: string; secretHash: string; token: string } {
  const id = ids.next();
  const secret = randomBytes(32).toString('base64url');
  return { id, secretHash: hashAnswerSecret(secret), token: `${id}-${secret}` };
}

/** Takes a token apart; undefined for a text that has not the form of one. */
export function parseAnswerToken(token: string): { id: string; secret: string } | undefined {
  const [, id, secret] = TOKEN.exec(token) ?? [];
  return id !== undefined && secret !== undefined ? { id, secret } : undefined;
}

/** Compares in constant time. */
export function matchesAnswerSecret(secret: string, secretHash: string): boolean {
  return timingSafeEqual(Buffer.from(hashAnswerSecret(secret), 'hex'), Buffer.from(secretHash, 'hex'));
}

/** SHA-256 as hex: enough for a secret that is random to begin with. */
function hashAnswerSecret(secret: string): string {
  return hash('sha256', secret);
}
