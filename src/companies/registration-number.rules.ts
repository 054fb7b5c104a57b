export interface RegistrationNumberCheck {
  readonly valid: boolean;
  /** Well-formed, but not of the corporate series: a sole proprietor's, or mistyped. Someone should look; nothing is refused. */
  readonly warning?: 'not-corporate-series';
}

const REGISTRATION_NUMBER = /^T\d{13}$/;

/**
 * Checks a qualified invoice issuer's registration number: `T` and 13 digits, where companies carry their
 * corporate number with its check digit and sole proprietors another series (domain.md section 5).
 */
export function checkRegistrationNumber(registrationNumber: string): RegistrationNumberCheck {
  if (!REGISTRATION_NUMBER.test(registrationNumber)) return { valid: false };
  const corporateNumber = registrationNumber.slice(1);
  if (Number(corporateNumber[0]) === corporateCheckDigit(corporateNumber.slice(1))) return { valid: true };
  return { valid: true, warning: 'not-corporate-series' };
}

/**
 * Check digit of a corporate number from its other twelve digits: numbered from the right, odd places
 * weigh 1 and even places 2; 9 − (sum mod 9). Never 0, so a leading 0 is never corporate.
 */
export function corporateCheckDigit(twelveDigits: string): number {
  if (!/^\d{12}$/.test(twelveDigits))
    throw new RangeError('a corporate number has twelve digits after its check digit');
  // From the left, the first of twelve digits is place 12: even places are the even indexes.
  const sum = Array.from(twelveDigits).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 2 : 1),
    0,
  );
  return 9 - (sum % 9);
}
