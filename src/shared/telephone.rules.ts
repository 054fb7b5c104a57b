const NATIONAL = /^0[1-9][0-9]{7,9}$/;
const INTERNATIONAL = /^\+[1-9][0-9]{6,14}$/;

/** A number with or without hyphens, blanks and brackets, full width too, as E.164; national numbers are Japanese ones. Undefined for what is none. */
export function readTelephone(text: string): string | undefined {
  const number = compact(text);
  if (INTERNATIONAL.test(number)) return number;
  return NATIONAL.test(number) ? `+81${number.slice(1)}` : undefined;
}

const NATIONAL_START = /^0[1-9][0-9]{2,9}$/;
const INTERNATIONAL_START = /^\+[1-9][0-9]{3,14}$/;

/** The same for a number of which at least the first four digits were typed. */
export function readTelephoneStart(text: string): string | undefined {
  const number = compact(text);
  if (INTERNATIONAL_START.test(number)) return number;
  return NATIONAL_START.test(number) ? `+81${number.slice(1)}` : undefined;
}

function compact(text: string): string {
  return text.normalize('NFKC').replaceAll(/[-\s()\u2010-\u2015\u2212]+/g, '');
}
