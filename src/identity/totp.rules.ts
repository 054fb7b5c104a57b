import { Secret, TOTP } from 'otpauth';

/** As every authenticator app does it (RFC 6238): SHA-1, six digits, 30 seconds. */
const TERMS = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
export const TOTP_SECRET_BYTES = 20;

/** A code as typed: full-width digits and blanks between groups are taken. Undefined if it is no code. */
export function readTotpCode(typed: string): string | undefined {
  const code = typed.normalize('NFKC').replaceAll(/[\s\-‐-―−ー]/gu, '');
  return /^\d{6}$/.test(code) ? code : undefined;
}

/** The 30-second step of a code that is right at this moment; undefined for a wrong one. Codes before and after are refused. */
export function stepOfCode(seed: Uint8Array, code: string, now: Date): number | undefined {
  const timestamp = now.getTime();
  // The delta to the current step: 0 is success, null is failure.
  const delta = TOTP.validate({ ...TERMS, token: code, secret: secretOf(seed), timestamp, window: 0 });
  return delta === null ? undefined : TOTP.counter({ period: TERMS.period, timestamp }) + delta;
}

/** The code that the app shows at this moment. */
export function totpCodeAt(seed: Uint8Array, now: Date): string {
  return TOTP.generate({ ...TERMS, secret: secretOf(seed), timestamp: now.getTime() });
}

/** The seed for typing into an app: base 32 in groups of four. */
export function writeTotpSeed(seed: Uint8Array): string {
  return secretOf(seed).base32.replaceAll(/.{4}(?=.)/g, '$& ');
}

/** The address in the QR code: `otpauth://totp/…`. */
export function totpUri(
  seed: Uint8Array,
  { issuer, label }: { readonly issuer: string; readonly label: string },
): string {
  return new TOTP({ ...TERMS, issuer, label, secret: secretOf(seed) }).toString();
}

function secretOf(seed: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(seed).buffer });
}
