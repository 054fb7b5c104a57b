/** Cost of argon2id: memory in KiB, passes over it, parallelism. */
export interface HashCost {
  readonly memoryKib: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The components of a password hash. */
export interface PasswordHash {
  readonly cost: HashCost;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

/** Cost of new hashes: the smallest of the equivalent settings in OWASP's password storage cheat sheet. */
export const HASH_COST: HashCost = { memoryKib: 19_456, passes: 2, parallelism: 1 };

/** A hash in the database with a higher cost is not ours, and computing it could exhaust the machine. */
const MAX_MEMORY_KIB = 262_144;
const MAX_PASSES = 16;
const PHC =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** Formats a hash as a PHC string: base64 without padding. */
export function formatHash({ cost, salt, digest }: PasswordHash): string {
  const costs = `m=${cost.memoryKib},t=${cost.passes},p=${cost.parallelism}`;
  return `$argon2id$v=19$${costs}$${unpadded(salt)}$${unpadded(digest)}`;
}

/** Parses a PHC string. Throws RangeError for another algorithm, another version or an implausible cost. */
export function parseHash(text: string): PasswordHash {
  const [, memory, passes, parallelism, salt, digest] = PHC.exec(text) ?? [];
  if (salt === undefined || digest === undefined) throw new RangeError('not an argon2id hash in PHC format');
  const cost = { memoryKib: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const isPlausible = cost.passes >= 1 && cost.parallelism >= 1 && cost.memoryKib >= 8 * cost.parallelism;
  if (!isPlausible || cost.memoryKib > MAX_MEMORY_KIB || cost.passes > MAX_PASSES) {
    throw new RangeError('an argon2id hash of an implausible cost');
  }
  return { cost, salt: Buffer.from(salt, 'base64'), digest: Buffer.from(digest, 'base64') };
}

/** Whether a hash is cheaper than new ones, so that the next sign-in should replace it. */
export function needsRehash(hash: string, cost: HashCost = HASH_COST): boolean {
  const { cost: old } = parseHash(hash);
  return old.memoryKib < cost.memoryKib || old.passes < cost.passes || old.parallelism < cost.parallelism;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
