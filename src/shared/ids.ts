import { getRandomValues } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/**
 * Generates row identifiers: 26-character ULIDs in ascending order, so that rows are appended to clustered keys that begin
 * with them. They are names, not secrets.
 */
export interface Ids {
  next(): string;
}

/** `random` returns [0, 1): the operating system's randomness by default; a seeded one makes a repeatable world. */
export function createIds(clock: Clock, random?: () => number): Ids {
  const next = monotonicFactory(random ?? systemRandom());
  return { next: () => next(clock.now().getTime()) };
}

/** Randomness of the operating system, fetched for many identifiers at a time; each character takes 5 bits of a byte. */
function systemRandom(): () => number {
  const bytes = new Uint8Array(1024);
  let used = bytes.length;
  return () => {
    if (used === bytes.length) {
      getRandomValues(bytes);
      used = 0;
    }
    used += 1;
    return bytes[used - 1]! / 256;
  };
}

/** Matches one ULID (Crockford base 32, upper case). */
export const ID_PATTERN = '[0-7][0-9A-HJKMNP-TV-Z]{25}';
