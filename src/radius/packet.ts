import type { Buffer } from 'node:buffer';

/** Codes of RFC 2865 §3 that the line check uses. */
export const packetCode = {
  accessRequest: 1,
  accessAccept: 2,
  accessReject: 3,
  accessChallenge: 11,
} as const;

/** Attribute types of RFC 2865, 2869, 3162, 4818 and 6911 that the line check reads. */
export const attributeType = {
  userName: 1,
  serviceType: 6,
  framedIpAddress: 8,
  callingStationId: 31,
  nasIdentifier: 32,
  proxyState: 33,
  messageAuthenticator: 80,
  framedIpv6Prefix: 97,
  delegatedIpv6Prefix: 123,
  framedIpv6Address: 168,
} as const;

export const HEADER_BYTES = 20;
export const AUTHENTICATOR_OFFSET = 4;
export const AUTHENTICATOR_BYTES = 16;
const MAX_PACKET_BYTES = 4096;
const ATTRIBUTE_HEADER_BYTES = 2;

export interface Attribute {
  readonly type: number;
  readonly value: Buffer;
  /** Offset of the value in the bytes of the packet. */
  readonly valueOffset: number;
}

/** A well-formed packet. Its contents are untrusted until the authenticators are verified. */
export interface Packet {
  /** Exactly as many bytes as the length field states, without padding. */
  readonly bytes: Buffer;
  readonly code: number;
  readonly identifier: number;
  readonly authenticator: Buffer;
  readonly attributes: readonly Attribute[];
}

export type PacketReading =
  | { readonly kind: 'packet'; readonly packet: Packet }
  | { readonly kind: 'malformed'; readonly reason: 'length' | 'attribute' };

/**
 * Parses one datagram and trusts none of its lengths: 20 to 4,096 bytes, no attribute shorter than its
 * own header or extending past the end. Bytes beyond the stated length are padding and ignored (RFC 2865 §3).
 */
export function readPacket(datagram: Buffer): PacketReading {
  if (datagram.length < HEADER_BYTES) return { kind: 'malformed', reason: 'length' };
  const length = datagram.readUInt16BE(2);
  if (length < HEADER_BYTES || length > MAX_PACKET_BYTES || length > datagram.length) {
    return { kind: 'malformed', reason: 'length' };
  }
  const bytes = datagram.subarray(0, length);
  const attributes = readAttributes(bytes);
  if (!attributes) return { kind: 'malformed', reason: 'attribute' };
  const authenticator = bytes.subarray(AUTHENTICATOR_OFFSET, HEADER_BYTES);
  const [code, identifier] = [bytes.readUInt8(0), bytes.readUInt8(1)];
  return { kind: 'packet', packet: { bytes, code, identifier, authenticator, attributes } };
}

function readAttributes(bytes: Buffer): Attribute[] | undefined {
  const attributes: Attribute[] = [];
  let offset = HEADER_BYTES;
  while (offset < bytes.length) {
    if (offset + ATTRIBUTE_HEADER_BYTES > bytes.length) return undefined;
    const [type, length] = [bytes.readUInt8(offset), bytes.readUInt8(offset + 1)];
    // With a length below 2 this loop would never advance.
    if (length < ATTRIBUTE_HEADER_BYTES || offset + length > bytes.length) return undefined;
    const valueOffset = offset + ATTRIBUTE_HEADER_BYTES;
    attributes.push({ type, value: bytes.subarray(valueOffset, offset + length), valueOffset });
    offset += length;
  }
  return attributes;
}

/** All attributes of one type, in the order of the packet. */
export function attributesOf(packet: Packet, type: number): Attribute[] {
  return packet.attributes.filter((attribute) => attribute.type === type);
}
