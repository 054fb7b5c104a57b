import { createHash, timingSafeEqual } from 'node:crypto';
import { isInnerList, parseDictionary, type Dictionary } from 'structured-headers';
import { signatureRefusal } from './signature-refusal.ts';

const HASHES: readonly (readonly [name: string, hash: string])[] = [
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
];

/**
 * Compares a header `Content-Digest` (RFC 9530) with the bytes of a body as they came, before anything is decompressed. Each digest
 * that we know must be right, and one must be there.
 * @throws Problem `signature-invalid`
 */
export function assertDigest(header: string, bytes: Uint8Array): void {
  const digests = parse(header);
  const known = HASHES.filter(([name]) => digests.has(name));
  if (known.length === 0)
    throw signatureRefusal('digest-unsupported', 'Content-Digest needs a sha-256 or sha-512 digest.');
  for (const [name, hash] of known) {
    const member = digests.get(name);
    const given = member && !isInnerList(member) ? member[0] : undefined;
    const wanted = createHash(hash).update(bytes).digest();
    if (given instanceof ArrayBuffer && isEqual(wanted, new Uint8Array(given))) continue;
    throw signatureRefusal('digest-mismatch', 'Content-Digest is not the digest of the body that arrived.');
  }
}

function parse(header: string): Dictionary {
  try {
    return parseDictionary(header);
  } catch {
    throw signatureRefusal('malformed', 'Content-Digest is not a structured field (RFC 9651).');
  }
}

const isEqual = (one: Uint8Array, other: Uint8Array) =>
  one.length === other.length && timingSafeEqual(one, other);
