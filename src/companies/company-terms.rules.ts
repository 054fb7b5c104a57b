import { compileInputCheck, inputFields, invalidInput } from '../shared/check-input.ts';
import { checkRegistrationNumber, type RegistrationNumberCheck } from './registration-number.rules.ts';

/** What documents say of a company. */
export interface CompanyTerms {
  readonly name: string;
  readonly nameEn: string;
  readonly address: string;
  /** Qualified invoice issuer, `T` and 13 digits; without it the company's sales stay outside the qualified totals. */
  readonly registrationNumber: string | null;
  /** First day of the registration; needed with a number. */
  readonly registeredFrom: string | null;
  /** First day on which the registration holds no more. */
  readonly registeredTo: string | null;
}

/** Schemas of the terms. */
export const companyFields = {
  name: inputFields.name,
  nameEn: inputFields.name,
  address: { ...inputFields.name, maxLength: 240 },
  registrationNumber: { type: ['string', 'null'] },
  registeredFrom: inputFields.optionalDate,
  registeredTo: inputFields.optionalDate,
} as const;

const checkTerms = compileInputCheck<CompanyTerms & { readonly validFrom: string }>({
  ...companyFields,
  validFrom: inputFields.date,
});

/**
 * Checks the terms of a company that hold from a day on. A registration number that is well-formed and not of the corporate
 * series is taken, with a warning for the person who enters it. @throws Problem `invalid-request`
 */
export function checkCompanyTerms(
  terms: CompanyTerms,
  validFrom: string,
): RegistrationNumberCheck['warning'] {
  checkTerms({ ...terms, validFrom });
  return checkRegistration(terms);
}

/** @throws Problem `invalid-request` for a number without its dates, or the other way round. */
export function checkRegistration(terms: {
  readonly [K in 'registrationNumber' | 'registeredFrom' | 'registeredTo']?: CompanyTerms[K] | undefined;
}): RegistrationNumberCheck['warning'] {
  const { registrationNumber, registeredFrom, registeredTo } = terms;
  if (registrationNumber === undefined || registrationNumber === null) {
    if (!registeredFrom && !registeredTo) return undefined;
    throw invalidInput([{ pointer: '/registrationNumber', message: 'is missing: there are dates of one' }]);
  }
  if (!registeredFrom) throw invalidInput([{ pointer: '/registeredFrom', message: 'is missing' }]);
  if (registeredTo && registeredTo <= registeredFrom) {
    throw invalidInput([{ pointer: '/registeredTo', message: 'must be after registeredFrom' }]);
  }
  const { valid, warning } = checkRegistrationNumber(registrationNumber);
  if (!valid) throw invalidInput([{ pointer: '/registrationNumber', message: 'must be T and 13 digits' }]);
  return warning;
}
