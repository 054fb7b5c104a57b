import { Buffer } from 'node:buffer';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import {
  AUTHENTICATOR_BYTES,
  AUTHENTICATOR_OFFSET,
  HEADER_BYTES,
  attributeType,
  attributesOf,
  type Packet,
} from './packet.ts';

const ZEROES = Buffer.alloc(AUTHENTICATOR_BYTES);

export type MessageAuthenticatorFault =
  | 'message-authenticator-missing'
  | 'message-authenticator-repeated'
  | 'message-authenticator-wrong';

interface MessageAuthenticatorPlace {
  /** The authenticator in the header while the HMAC is calculated: the request's, for a request and for its reply. */
  readonly requestAuthenticator: Buffer;
  /** Offset of the 16 bytes of the Message-Authenticator's value. */
  readonly valueOffset: number;
  readonly secret: string;
}

/** HMAC-MD5 over the whole packet with the value itself read as zeroes (RFC 3579 §3.2). */
export function calculateMessageAuthenticator(bytes: Buffer, place: MessageAuthenticatorPlace): Buffer {
  return createHmac('md5', place.secret)
    .update(bytes.subarray(0, AUTHENTICATOR_OFFSET))
    .update(place.requestAuthenticator)
    .update(bytes.subarray(HEADER_BYTES, place.valueOffset))
    .update(ZEROES)
    .update(bytes.subarray(place.valueOffset + AUTHENTICATOR_BYTES))
    .digest();
}

/** MD5(Code + Id + Length + RequestAuth + Attributes + Secret), RFC 2865 §3. */
export function calculateResponseAuthenticator(
  bytes: Buffer,
  { requestAuthenticator, secret }: { readonly requestAuthenticator: Buffer; readonly secret: string },
): Buffer {
  return createHash('md5')
    .update(bytes.subarray(0, AUTHENTICATOR_OFFSET))
    .update(requestAuthenticator)
    .update(bytes.subarray(HEADER_BYTES))
    .update(secret)
    .digest();
}

/**
 * Requires exactly one Message-Authenticator with a valid value. This prevents BlastRADIUS
 * (CVE-2024-3596): the Response Authenticator alone can be forged by an MD5 collision, an HMAC cannot.
 */
export function findMessageAuthenticatorFault(
  packet: Packet,
  key: { readonly requestAuthenticator: Buffer; readonly secret: string },
): MessageAuthenticatorFault | undefined {
  const [found, ...more] = attributesOf(packet, attributeType.messageAuthenticator);
  if (!found) return 'message-authenticator-missing';
  if (more.length > 0) return 'message-authenticator-repeated';
  if (found.value.length !== AUTHENTICATOR_BYTES) return 'message-authenticator-wrong';
  const expected = calculateMessageAuthenticator(packet.bytes, { ...key, valueOffset: found.valueOffset });
  return sameDigest(found.value, expected) ? undefined : 'message-authenticator-wrong';
}

/** Compares raw bytes in constant time. Never as text: invalid UTF-8 all decodes to the same character. */
export function sameDigest(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
