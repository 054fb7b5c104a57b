import { createPublicKey, hash, verify, constants, type KeyObject } from 'node:crypto';
import { invalidInput } from '../shared/check-input.ts';
import { Problem } from '../shared/problem.ts';

/** As RFC 9421 names them. A shared secret (HMAC) would not show who signed, so none is accepted. */
export type SigningAlgorithm = 'ed25519' | 'rsa-pss-sha512';

export interface ReadPublicKey {
  readonly algorithm: SigningAlgorithm;
  /** SPKI (DER) in base64. */
  readonly publicKey: string;
  /** SHA-256 of the SPKI in base64url. */
  readonly fingerprint: string;
}

const MIN_RSA_BITS = 2048;
/** Verifying takes time with the square of the length. */
const MAX_RSA_BITS = 4096;
const MIN_RSA_EXPONENT = 65_537n;
/** Verifying takes time with the length of the exponent too; a longer one would not fit its column either. */
const MAX_RSA_EXPONENT = 2n ** 32n;
/** Salt of rsa-pss-sha512 (RFC 9421 §3.3.1). */
const SALT_BYTES = 64;
const PEM = /^\s*-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----\s*$/;

/**
 * Reads a public key in PEM (SPKI, `BEGIN PUBLIC KEY`): ed25519, or RSA of 2,048 to 4,096 bits.
 * @throws Problem `invalid-request` naming what is wrong; a private key is refused before it is read
 */
export function readPublicKey(pem: string): ReadPublicKey {
  if (pem.includes('PRIVATE KEY'))
    throw refused('is a private key: keep it, do not send it anywhere, and register its public key');
  const encoded = PEM.exec(pem)?.[1];
  const key = encoded === undefined ? undefined : keyOf(encoded.replaceAll(/\s/g, ''));
  if (!key) throw refused('must be a public key in PEM, from BEGIN PUBLIC KEY to END PUBLIC KEY');
  const algorithm = algorithmOf(key);
  const der = key.export({ type: 'spki', format: 'der' });
  return {
    algorithm,
    publicKey: der.toString('base64'),
    fingerprint: hash('sha256', der, 'base64url'),
  };
}

/** Whether a text is a public key that can be registered. */
export function isPublicKey(pem: string): boolean {
  try {
    readPublicKey(pem);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}

function keyOf(base64: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
  } catch {
    return undefined;
  }
}

function algorithmOf(key: KeyObject): SigningAlgorithm {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details = {} } = key;
  if (type === 'ed25519') return 'ed25519';
  if (type !== 'rsa' && type !== 'rsa-pss')
    throw refused('must be an ed25519 key, or an RSA key of 2,048 bits or more');
  const { modulusLength = 0, publicExponent = 0n } = details;
  if (modulusLength < MIN_RSA_BITS || modulusLength > MAX_RSA_BITS)
    throw refused(`must have ${MIN_RSA_BITS} to ${MAX_RSA_BITS} bits`);
  if (publicExponent < MIN_RSA_EXPONENT) throw refused('must have the exponent 65537 or a larger one');
  if (publicExponent > MAX_RSA_EXPONENT)
    throw refused('must have an exponent of at most 32 bits, such as 65537');
  const { hashAlgorithm = 'sha512', mgf1HashAlgorithm = 'sha512', saltLength = SALT_BYTES } = details;
  if (hashAlgorithm !== 'sha512' || mgf1HashAlgorithm !== 'sha512' || saltLength > SALT_BYTES)
    throw refused('must permit RSA-PSS with SHA-512 and a salt of 64 bytes');
  return 'rsa-pss-sha512';
}

const refused = (message: string) => invalidInput([{ pointer: '/publicKey', message }]);

/** Whether a signature of these bytes was made with the private half of a stored key. */
export function isSignedBy(
  { algorithm, publicKey }: Pick<ReadPublicKey, 'algorithm' | 'publicKey'>,
  signed: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = keyOf(publicKey);
  if (!key) throw new Error('a stored public key cannot be read');
  if (algorithm === 'ed25519') return verify(null, signed, key, signature);
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return verify('sha512', signed, { key, padding, saltLength: SALT_BYTES }, signature);
}
