import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { Problem } from '../shared/problem.ts';
import { formatHash, HASH_COST, parseHash, type HashCost, type PasswordHash } from './password-hash.rules.ts';
import { normalisePassword } from './password.rules.ts';
import { WorkGate } from './work-gate.ts';

export { needsRehash } from './password-hash.rules.ts';

const SALT_BYTES = 16;
const DIGEST_BYTES = 32;

/**
 * One gate per process: each hash takes 19 MiB and, for some 30 ms, one of the four threads of libuv's pool. Three
 * concurrent hashes leave a thread for files and name resolution. Sign-ins pass a gate of their own first (`admitSignIns`), which
 * bounds their wait, so that no attempt is refused here after it was counted.
 */
const gate = new WorkGate({ maxRunning: 3, maxWaiting: 100 });
const derive = promisify(argon2);

/**
 * Hashes a password with argon2id (RFC 9106) and a fresh salt, as a PHC string.
 * @throws Problem `service-unavailable` when too many hashes are waiting.
 */
export async function hashPassword(password: string, cost: HashCost = HASH_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const digest = await digestOf(password, { cost, salt, digestBytes: DIGEST_BYTES });
  return formatHash({ cost, salt, digest });
}

/**
 * Whether a password belongs to a hash. Without a hash (an unknown ID, or an ID that has no password yet) it
 * does the same work and returns false, so that the response time does not reveal which IDs exist.
 * @throws Problem `service-unavailable` when too many hashes are waiting.
 */
export async function verifyPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const expected = hash == null ? NOBODY : parseHash(hash);
  const { cost, salt } = expected;
  const digest = await digestOf(password, { cost, salt, digestBytes: expected.digest.length });
  return timingSafeEqual(digest, expected.digest) && hash != null;
}

const NOBODY: PasswordHash = {
  cost: HASH_COST,
  salt: randomBytes(SALT_BYTES),
  digest: randomBytes(DIGEST_BYTES),
};

interface Derivation {
  readonly cost: HashCost;
  readonly salt: Buffer;
  readonly digestBytes: number;
}

function digestOf(password: string, { cost, salt, digestBytes }: Derivation): Promise<Buffer> {
  const derivation = {
    message: Buffer.from(normalisePassword(password), 'utf8'),
    nonce: salt,
    parallelism: cost.parallelism,
    tagLength: digestBytes,
    memory: cost.memoryKib,
    passes: cost.passes,
  };
  return gate.run(() => derive('argon2id', derivation), tooMany);
}

function tooMany(): Problem {
  return new Problem('service-unavailable', { detail: 'Too many people are signing in at this moment.' });
}
