import { createHmac } from 'node:crypto';

/** Codes that an account gets at once (our decision). */
export const RECOVERY_CODES = 10;

/** Without letters and digits that look alike. */
const READABLE = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 2;
const GROUP_LENGTH = 5;

/** A code of two groups of five, `k7md2-x3fpq`: 49 bits. `pick` yields a random whole number below its argument. */
export function composeRecoveryCode(pick: (below: number) => number): string {
  const group = () =>
    Array.from({ length: GROUP_LENGTH }, () => READABLE.charAt(pick(READABLE.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}

/** A code however it was typed, as it is hashed; undefined if it is none. */
export function readRecoveryCode(typed: string): string | undefined {
  const letters = typed
    .normalize('NFKC')
    .replaceAll(/[\s\-‐-―−ー]/gu, '')
    .toLowerCase();
  const isCode =
    letters.length === GROUPS * GROUP_LENGTH &&
    Array.from(letters).every((letter) => READABLE.includes(letter));
  return isCode ? letters : undefined;
}

/** Keyed and bound to the account: a copy of the table can be tried against nothing. */
export function hashRecoveryCode(key: Uint8Array, accountId: number, letters: string): string {
  return createHmac('sha256', key).update(`${accountId}:${letters}`).digest('hex');
}
