import { developmentDefaults } from './development.ts';

/** RFC 2865 §3 requires at least 16 octets of a shared secret. */
const MIN_SECRET_CHARACTERS = 16;
const MIN_DISTINCT_CHARACTERS = 6;
/** Share of the steps from one character to the next that may be a repetition or adjacent in the alphabet. */
const MAX_SHARE_OF_SMALL_STEPS = 0.75;

/** The public secrets of development; a secret that contains one is refused too. */
export const publicSecrets: readonly string[] = [
  developmentDefaults['TABANE_SECRET'] ?? '',
  (developmentDefaults['RADIUS_SERVERS'] ?? '').split(':').slice(2).join(':'),
];

/** Placeholders of templates and manuals. */
const PLACEHOLDER = /change[-_ ]?(?:me|this)|pass[-_ ]?word|place[-_ ]?holder|example/i;

/**
 * Why a secret is easy to guess, as the end of a sentence; undefined for a random one. The rule is about repetition and placeholders: it does not estimate entropy.
 */
export function findWeakness(secret: string): string | undefined {
  const characters = Array.from(secret);
  if (characters.length < MIN_SECRET_CHARACTERS) return `has fewer than ${MIN_SECRET_CHARACTERS} characters`;
  if (publicSecrets.some((known) => secret.toLowerCase().includes(known)))
    return 'has the value meant for development in it';
  if (PLACEHOLDER.test(secret)) return 'has a placeholder in it';
  if (new Set(characters).size < MIN_DISTINCT_CHARACTERS)
    return `has fewer than ${MIN_DISTINCT_CHARACTERS} different characters`;
  if (isRepetition(characters)) return 'repeats one piece over and over';
  if (isSequence(characters)) return 'is a row of neighbouring characters';
  return undefined;
}

/** `abcdefabcdefabcd`: a piece of at most half the length, repeated, the last time perhaps cut. */
function isRepetition(characters: readonly string[]): boolean {
  for (let period = 1; period <= characters.length / 2; period += 1) {
    if (characters.every((character, index) => index < period || character === characters[index - period]))
      return true;
  }
  return false;
}

/** `abcdefghijklmnop`, `9876543210fedcba`, `aabbccddeeffgghh`. */
function isSequence(characters: readonly string[]): boolean {
  const codes = characters.map((character) => character.codePointAt(0) ?? 0);
  const small = codes.filter((code, index) => index > 0 && Math.abs(code - (codes[index - 1] ?? 0)) <= 1);
  return small.length > (codes.length - 1) * MAX_SHARE_OF_SMALL_STEPS;
}
