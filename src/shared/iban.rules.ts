/** Length of an IBAN by country, of the countries of the single euro payments area (ISO 13616 registry). */
const LENGTHS: Readonly<Record<string, number>> = {
  AD: 24,
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
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
};

/** An IBAN as it is stored and sent, without spaces; or what is wrong with what was entered. */
export type ReadIban = { readonly iban: string } | { readonly fault: string };

/** Reads an IBAN as people write it: its country, its length there, and its check digits (ISO 13616, modulus 97). */
export function readIban(entered: string): ReadIban {
  const iban = entered.replaceAll(/[ \u00a0]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(iban)) return { fault: 'is not an IBAN' };
  const country = iban.slice(0, 2);
  const length = LENGTHS[country];
  if (length === undefined) return { fault: `is of ${country}, where no euro transfer goes` };
  if (iban.length !== length)
    return { fault: `has ${iban.length} characters, and one of ${country} has ${length}` };
  const figures = `${iban.slice(4)}${iban.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  );
  if (BigInt(figures) % 97n !== 1n) return { fault: 'has wrong check digits' };
  return { iban };
}
