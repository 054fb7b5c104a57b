import type { Locale } from '../../src/shared/money.ts';

/**
 * A letter with a new issued ID and its first password. It exists in memory only: the password is never stored or logged in
 * plain text, and the letter is not either.
 */
export interface CredentialLetter {
  readonly language: Locale;
  readonly date: string;
  readonly carrier: {
    readonly name: string;
    readonly address: string;
    readonly contact: string;
  };
  readonly recipient: {
    readonly name: string;
    /** Empty when the line master does not have it: the letter is then handed over. */
    readonly postalCode: string;
    readonly address: string;
    readonly building: string;
  };
  /** The person who will use the ID, who may be another one than the recipient. */
  readonly displayName: string;
  readonly lineId: string;
  readonly issuedId: string;
  readonly password: string;
  /** Where the person signs in, without `https://` to be typed. */
  readonly signInAddress: string;
}
