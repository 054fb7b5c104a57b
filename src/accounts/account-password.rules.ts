import { MAX_PASSWORD_LENGTH } from '../identity/password.rules.ts';

/** Shortest password of an account, in user-perceived characters (NIST SP 800-63B; our decision). */
export const MIN_ACCOUNT_PASSWORD = 12;

export type PasswordFault = 'length' | 'common' | 'personal';

interface Choice {
  readonly password: string;
  /** Words that a guesser tries first: the person's address and name, the company, the service. */
  readonly personal: readonly string[];
  isCommon(word: string): boolean;
}

/** Why a chosen password is refused; undefined for a permitted one. No mixture of kinds of characters is asked for. */
export function findPasswordFault({ password, personal, isCommon }: Choice): PasswordFault | undefined {
  const text = password.normalize('NFKC');
  const { length } = Array.from(text);
  if (length < MIN_ACCOUNT_PASSWORD || length > MAX_PASSWORD_LENGTH) return 'length';
  const folded = text.toLowerCase();
  if (isRepetition(folded) || isSequence(folded)) return 'common';
  if ([folded, core(folded), unleet(folded), core(unleet(core(folded)))].some(isCommon)) return 'common';
  const rest = personal
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => Array.from(word).length >= 3)
    .reduce((left, word) => left.replaceAll(word, ''), folded);
  return rest !== folded && Array.from(rest).length < MIN_ACCOUNT_PASSWORD / 2 ? 'personal' : undefined;
}

/** Without digits and signs at both ends: `password2026!` is `password`. */
function core(text: string): string {
  return text.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
}

const LEET: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'l',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
};

function unleet(text: string): string {
  return text.replaceAll(/[013457@$]/g, (sign) => LEET[sign]!);
}

/** A few characters over and over: `abcabcabcabc`. */
function isRepetition(text: string): boolean {
  return /^(.{1,6})\1+.{0,5}$/su.test(text) && new Set(text).size <= 6;
}

/** Neighbours in the alphabet or among the digits, up or down. */
function isSequence(text: string): boolean {
  const codes = Array.from(text, (letter) => letter.codePointAt(0)!);
  const steps = codes.slice(1).map((code, index) => code - codes[index]!);
  const same = (step: number) => steps.filter((other) => other === step || Math.abs(other) === 9).length;
  return steps.length > 0 && Math.max(same(1), same(-1)) >= steps.length - 1;
}
