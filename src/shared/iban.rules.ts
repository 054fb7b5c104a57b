/** Length of an IBAN by country, of the countries of the single euro payments area (ISO 13616 registry). */
const LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
  AL: 28,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  RS: 22,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};

/** What is wrong with an IBAN: worded to follow the name of the field, and for pages its kind with what that is about. */
export interface IbanFault {
  readonly fault: string;
  readonly kind: 'form' | 'country' | 'length' | 'digits';
  readonly facts: Readonly<Record<string, string | number>>;
}

/** An IBAN as it is stored and sent, without spaces; or what is wrong with what was entered. */
export type ReadIban = { readonly iban: string } | IbanFault;

/** Reads an IBAN as people write it: its country, its length there, and its check digits (ISO 13616, modulus 97). */
export function readIban(entered: string): ReadIban {
  const iban = compactCode(entered);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return { fault: 'is not an IBAN', kind: 'form', facts: {} };
  const country = iban.slice(0, 2);
  const length = LENGTHS[country];
  if (length === undefined)
    return { fault: `is of ${country}, where no euro transfer goes`, kind: 'country', facts: { country } };
  if (iban.length !== length) {
    const fault = `has ${iban.length} characters, and one of ${country} has ${length}`;
    return { fault, kind: 'length', facts: { country, length } };
  }
  const figures = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  if (BigInt(figures) % 97n !== 1n) return { fault: 'has wrong check digits', kind: 'digits', facts: {} };
  return { iban };
}

/** An IBAN or a BIC as people write it, in capitals and without blanks; in any width. */
export function compactCode(entered: string): string {
  return entered.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase();
}

/** An IBAN as it is printed, in groups of four: `DE89 3704 0044 0532 0130 00`. */
export function formatIban(iban: string): string {
  return iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

const SHOWN_COUNTRY = 2;
const SHOWN_END = 4;

/** An IBAN of which only the country and the last four characters are readable, in groups of four. */
export function maskIban(iban: string, mark = '•'): string {
  const hidden = Math.max(0, iban.length - SHOWN_COUNTRY - SHOWN_END);
  return formatIban(`${iban.slice(0, SHOWN_COUNTRY)}${mark.repeat(hidden)}${iban.slice(-SHOWN_END)}`);
}
