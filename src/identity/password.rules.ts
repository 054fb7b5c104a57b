/** Shortest password a person may choose. Eight are enough because the line is a second factor (NIST SP 800-63B). */
export const MIN_PASSWORD_LENGTH = 8;
/** Longest password, which bounds the work of hashing. */
export const MAX_PASSWORD_LENGTH = 128;

/** Without l, 1, o and 0, which look alike on a printed letter. */
const READABLE = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;
const GENERATED = new RegExp(`^[${READABLE}]{${GROUPS * GROUP_LENGTH}}$`);

/** Whether a chosen password has a permitted length, counted in user-perceived characters. */
export function isPermittedPassword(password: string): boolean {
  const { length } = Array.from(password.normalize('NFKC'));
  return length >= MIN_PASSWORD_LENGTH && length <= MAX_PASSWORD_LENGTH;
}

/** Normalises a typed password for hashing: half-width (NFKC); a generated one in lower case with its hyphens, however it was typed. */
export function normalisePassword(typed: string): string {
  const password = typed.normalize('NFKC');
  const letters = password.replaceAll(/[\s\-‐-―−ー]/gu, '').toLowerCase();
  return GENERATED.test(letters) ? letters.replaceAll(/.{4}(?=.)/g, '$&-') : password;
}

/** A password of four groups of four, `k7md-x3fp-q9wt-bn4e`: 80 bits. `pick` yields a random whole number below its argument. */
export function composePassword(pick: (below: number) => number): string {
  const group = (): string =>
    Array.from({ length: GROUP_LENGTH }, () => READABLE.charAt(pick(READABLE.length))).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
