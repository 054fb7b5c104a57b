const BIC = /^[A-Z0-9]{4}([A-Z]{2})[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/;

/** Countries whose banks have BICs of their own and IBANs of another country (ISO 13616 registry). */
const IBAN_COUNTRY: Readonly<Record<string, string>> = {
  BL: 'FR',
  GF: 'FR',
  GG: 'GB',
  GP: 'FR',
  IM: 'GB',
  JE: 'GB',
  MF: 'FR',
  MQ: 'FR',
  PM: 'FR',
  RE: 'FR',
  YT: 'FR',
};

/** Countries of the single euro payments area outside the European Economic Area: there a transfer names the BIC. */
const NAMED_BIC: ReadonlySet<string> = new Set([
  'AD',
  'AL',
  'CH',
  'GB',
  'GI',
  'MC',
  'MD',
  'ME',
  'MK',
  'RS',
  'SM',
  'VA',
]);

/** What is wrong with a BIC: worded to follow the name of the field, and for pages its kind with what that is about. */
export interface BicFault {
  readonly fault: string;
  readonly kind: 'missing' | 'form' | 'country';
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * What is wrong with the BIC beside an IBAN: its form, its country, or that it is left out
 * where the bank cannot find it by the IBAN (EPC115-06). Both are in capitals and without blanks; an empty BIC is one that is left out.
 */
export function findBicFault(bic: string, iban: string): BicFault | undefined {
  const country = iban.slice(0, 2);
  if (bic === '') {
    if (!NAMED_BIC.has(country)) return undefined;
    return { fault: `is missing: a transfer to ${country} names it`, kind: 'missing', facts: { country } };
  }
  const [, bank] = BIC.exec(bic) ?? [];
  if (bank === undefined)
    return { fault: 'is not a BIC of 8 or 11 characters, such as COBADEFFXXX', kind: 'form', facts: {} };
  if ((IBAN_COUNTRY[bank] ?? bank) === country) return undefined;
  const fault = `is of a bank in ${bank}, and the IBAN is of ${country}`;
  return { fault, kind: 'country', facts: { bank, country } };
}
