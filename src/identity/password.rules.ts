/** Shortest password a person may choose. Eight do because the line is proven besides (NIST SP 800-63B, two factors). */
export const MIN_PASSWORD_LENGTH = 8;
/** Longest one, so that nobody makes the service hash a book. */
export const MAX_PASSWORD_LENGTH = 128;

/** Neither l nor 1, neither o nor 0: what is printed on a letter is typed as it is read. */
const READABLE = 'abcdefghijkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;
const GENERATED = new RegExp(`^[${READABLE}]{${GROUPS * GROUP_LENGTH}}$`);

/** Whether a chosen password has a permitted length, counted in characters as people see them. */
export function isPermittedPassword(password: string): boolean {
  const { length } = Array.from(password.normalize('NFKC'));
  return length >= MIN_PASSWORD_LENGTH && length <= MAX_PASSWORD_LENGTH;
}

/** What is hashed of a typed password: half-width (NFKC); a generated one with its hyphens, however they were typed, and in lower case. */
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
