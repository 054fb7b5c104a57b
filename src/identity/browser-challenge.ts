import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { spendUnstored } from './one-time-tokens.ts';
import { keyFor } from './sealed-secret.ts';

/** How long a sign-in page may stay open before a passkey is used on it: as long as a session without requests. */
const CHALLENGE_LIFE_MS = 30 * 60_000;
/** What a challenge is for; it works for nothing else. */
export type ChallengeKind = 'passkey-sign-in' | 'passkey-registration';

/** One browser, and what it is asked for. */
export interface Asked {
  readonly kind: ChallengeKind;
  /** A secret that this browser alone sends: the token of its forms. */
  readonly browser: string;
}

const [NONCE_BYTES, INSTANT_BYTES, SEAL_BYTES] = [16, 6, 32];
const SEALED_BYTES = NONCE_BYTES + INSTANT_BYTES;

/**
 * A challenge for any passkey, in one browser. It carries its end and a seal for this browser, so that nothing is
 * stored for people who only look at a page.
 */
export function composeChallenge(
  { config, clock }: Pick<Deps, 'config' | 'clock'>,
  asked: Asked,
): Uint8Array<ArrayBuffer> {
  const content = Buffer.alloc(SEALED_BYTES);
  randomBytes(NONCE_BYTES).copy(content);
  content.writeUIntBE(clock.now().getTime() + CHALLENGE_LIFE_MS, NONCE_BYTES, INSTANT_BYTES);
  return new Uint8Array(Buffer.concat([content, sealOf(config, content, asked)]));
}

/** Uses a challenge up; false for one that is not of this browser, has run out or was used. Of two at once one gets true. */
export async function useChallenge(
  tx: InTransaction<Deps>,
  challenge: string,
  asked: Asked,
): Promise<boolean> {
  const bytes = Buffer.from(challenge, 'base64url');
  if (bytes.length !== SEALED_BYTES + SEAL_BYTES) return false;
  const content = bytes.subarray(0, SEALED_BYTES);
  if (!timingSafeEqual(bytes.subarray(SEALED_BYTES), sealOf(tx.config, content, asked))) return false;
  const expiresAt = new Date(content.readUIntBE(NONCE_BYTES, INSTANT_BYTES));
  if (expiresAt <= tx.clock.now()) return false;
  // By its bytes: one challenge may be written in several ways.
  const token = bytes.toString('base64url');
  return spendUnstored(tx, { kind: asked.kind, token, expiresAt });
}

function sealOf(config: Deps['config'], content: Uint8Array, { kind, browser }: Asked): Buffer {
  const key = keyFor(config, { purpose: 'challenges of browsers' });
  return createHmac('sha256', key).update(content).update(`${kind}:${browser}`).digest();
}
