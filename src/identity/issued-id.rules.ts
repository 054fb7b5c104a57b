/** Damm's quasigroup of order 10: its check digit detects every single wrong digit and every swap of adjacent digits. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

const RANDOM_DIGITS = 10;
const ISSUED_ID = /^F\d{11}$/;

/** A new issued ID: `F`, ten random digits and a check digit. `pick` returns a random integer below its argument. */
export function composeIssuedId(pick: (below: number) => number): string {
  const digits = Array.from({ length: RANDOM_DIGITS }, () => String(pick(10))).join('');
  return `F${digits}${dammDigit(digits)}`;
}

/** Whether a text has the form of an issued ID and a valid check digit. */
export function isIssuedId(text: string): boolean {
  return ISSUED_ID.test(text) && dammDigit(text.slice(1)) === 0;
}

/** Normalises a typed issued ID to its stored form: half-width, upper case, without spaces and hyphens. */
export function normaliseIssuedId(typed: string): string {
  return typed
    .normalize('NFKC')
    .replaceAll(/[\s\-‐-―−ー]/gu, '')
    .toUpperCase();
}

/** Formats an issued ID for display: `F123 4567 8901`. */
export function formatIssuedId(issuedId: string): string {
  return ISSUED_ID.test(issuedId)
    ? `${issuedId.slice(0, 4)} ${issuedId.slice(4, 8)} ${issuedId.slice(8)}`
    : issuedId;
}

function dammDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = Number(DAMM[interim]?.charAt(Number(digit)));
  return interim;
}
