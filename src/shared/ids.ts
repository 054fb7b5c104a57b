import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.ts';

/**
 * Maker of row identifiers: 26-character ULIDs, rising in time, so that the clustered keys that begin
 * with them are appended to and never split in the middle. They are names, not secrets.
 */
export interface Ids {
  next(): string;
}

/** `random` yields [0, 1); leave it out for the operating system's randomness, pass a seeded one for a repeatable world. */
export function createIds(clock: Clock, random?: () => number): Ids {
  const next = random ? monotonicFactory(random) : monotonicFactory();
  return { next: () => next(clock.now().getTime()) };
}

/** Matches one ULID (Crockford base 32, upper case). */
export const ID_PATTERN = '[0-7][0-9A-HJKMNP-TV-Z]{25}';
