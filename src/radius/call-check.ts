import { Buffer } from 'node:buffer';
import radius from 'radius';
import type { Address } from '../shared/ip-address.rules.ts';
import { calculateMessageAuthenticator } from './authenticators.ts';
import { AUTHENTICATOR_BYTES, AUTHENTICATOR_OFFSET, HEADER_BYTES, attributeType } from './packet.ts';

/** The question "does this line hold this address now?", before it is given an identifier. */
export interface CallCheck {
  readonly lineId: string;
  readonly address: Address;
  readonly nasIdentifier: string;
}

/** The Message-Authenticator comes first, so its value follows the header and the attribute's own two bytes. */
export const FIRST_VALUE_OFFSET = HEADER_BYTES + 2;

const PRINTABLE_ASCII = /^[\x21-\x7e]{1,253}$/;

/** Whether a text fits an attribute of at most 253 bytes and no two servers can read it differently. */
export function isAttributeText(text: string): boolean {
  return PRINTABLE_ASCII.test(text);
}

/**
 * Encodes the Access-Request of a line check (RFC 2865 §5.6, Service-Type Call-Check; domain.md §7), with a
 * fresh random Request Authenticator. `radius` encodes the attributes; this module adds the Message-Authenticator.
 */
export function encodeCallCheck(
  check: CallCheck,
  { identifier, secret }: { readonly identifier: number; readonly secret: string },
): Buffer {
  const bytes = radius.encode({
    code: 'Access-Request',
    identifier,
    secret,
    attributes: [
      ['Message-Authenticator', Buffer.alloc(AUTHENTICATOR_BYTES)],
      ['User-Name', check.lineId],
      ['Service-Type', 'Call-Check'],
      ['Calling-Station-Id', check.lineId],
      ['NAS-Identifier', check.nasIdentifier],
      [addressType(check.address), check.address.bytes],
    ],
  });
  calculateMessageAuthenticator(bytes, {
    requestAuthenticator: bytes.subarray(AUTHENTICATOR_OFFSET, HEADER_BYTES),
    valueOffset: FIRST_VALUE_OFFSET,
    secret,
  }).copy(bytes, FIRST_VALUE_OFFSET);
  return bytes;
}

/** By number: the dictionaries of `radius` end before RFC 6911, and it encodes an unknown name as type 0. */
function addressType({ family }: Address): number {
  return family === 4 ? attributeType.framedIpAddress : attributeType.framedIpv6Address;
}
