import { invalidInput } from '../shared/check-input.ts';
import { readMailAddress } from '../shared/mail-address.rules.ts';

/** Where a company's statements are sent, and in which language they are written; Japanese without. */
export interface BillingTerms {
  readonly billingEmail: string | null;
  readonly billingLanguage: 'ja' | 'en' | null;
}

/** The terms with the address in the form in which it is stored. @throws Problem `invalid-request` for what is no address. */
export function checkBillingTerms({ billingEmail, billingLanguage }: BillingTerms): BillingTerms {
  if (billingLanguage !== null && billingLanguage !== 'ja' && billingLanguage !== 'en')
    throw invalidInput([{ pointer: '/billingLanguage', message: 'must be ja or en' }]);
  if (billingEmail === null) return { billingEmail, billingLanguage };
  const address = readMailAddress(billingEmail);
  if (address === undefined)
    throw invalidInput([{ pointer: '/billingEmail', message: 'must be one mail address' }]);
  return { billingEmail: address, billingLanguage };
}
