/** Digits of a mailed code: with five tries, a guess succeeds once in 20 million. */
const CODE_DIGITS = 8;
export const CODE_MINUTES = 15;
export const MAX_CODE_TRIES = 5;
/** Codes of one subscriber and purpose within an hour: enough for somebody who has mislaid a mail, too few to flood a mailbox. */
export const MAX_CODES_PER_HOUR = 5;

/** A new code of digits. `pick` returns a random integer below its argument. */
export function composeCode(pick: (below: number) => number): string {
  return String(pick(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
}

/** A typed code as it was composed: half-width, without blanks and hyphens. */
export function normaliseCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[\s\-‐-―−ー]/gu, '')
    .slice(0, 32);
}

/** A mail address of which its owner recognises enough, and nobody else learns it: `h***@e***.jp`. */
export function maskMailAddress(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const dot = domain.lastIndexOf('.');
  const ending = dot > 0 ? domain.slice(dot) : '';
  return `${local.slice(0, 1)}***@${domain.slice(0, 1)}***${ending}`;
}
