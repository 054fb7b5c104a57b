import { createHash, timingSafeEqual } from 'node:crypto';
import { isInnerList, parseDictionary, type Dictionary } from 'structured-headers';
import { signatureRefusal } from './signature-refusal.ts';

const HASHES: readonly (readonly [name: string, hash: string])[] = [
  ['sha-256', 'sha256'],
  ['sha-512', 'sha512'],
];

/** Compares a header `Content-Digest` (RFC 9530) with a body as it arrives, before anything is decompressed. */
export interface DigestCheck {
  update(chunk: Uint8Array): void;
  /**
   * Each digest that we know must be right.
   * @throws Problem `signature-invalid`
   */
  assertEqual(): void;
}

/** Begins to compare. A digest that we know must be there. @throws Problem `signature-invalid` */
export function checkDigest(header: string): DigestCheck {
  const digests = parse(header);
  const known = HASHES.filter(([name]) => digests.has(name)).map(([name, hash]) => ({
    member: digests.get(name),
    hash: createHash(hash),
  }));
  if (known.length === 0)
    throw signatureRefusal('digest-unsupported', 'Content-Digest needs a sha-256 or sha-512 digest.');
  return {
    update: (chunk) => {
      for (const { hash } of known) hash.update(chunk);
    },
    assertEqual: () => {
      for (const { member, hash } of known) {
        const given = member && !isInnerList(member) ? member[0] : undefined;
        if (given instanceof ArrayBuffer && isEqual(hash.digest(), new Uint8Array(given))) continue;
        throw signatureRefusal(
          'digest-mismatch',
          'Content-Digest is not the digest of the body that arrived.',
        );
      }
    },
  };
}

/** Compares a header `Content-Digest` with the bytes of a whole body. @throws Problem `signature-invalid` */
export function assertDigest(header: string, bytes: Uint8Array): void {
  const check = checkDigest(header);
  check.update(bytes);
  check.assertEqual();
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
