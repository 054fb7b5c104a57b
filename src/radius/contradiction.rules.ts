import { Buffer } from 'node:buffer';
import { attributesOf, attributeType, type Packet } from './packet.ts';

/** What of an Access-Accept may differ from its request. */
export const contradictable = [
  'User-Name',
  'Service-Type',
  'Calling-Station-Id',
  'NAS-Identifier',
  'Framed-IP-Address',
  'Framed-IPv6-Address',
  'Framed-IPv6-Prefix',
] as const;

export type Contradicted = (typeof contradictable)[number];

/** Attributes that an Accept either omits or repeats with the value of the request. */
const repeated = [
  ['User-Name', attributeType.userName],
  ['Service-Type', attributeType.serviceType],
  ['Calling-Station-Id', attributeType.callingStationId],
  ['NAS-Identifier', attributeType.nasIdentifier],
  ['Framed-IP-Address', attributeType.framedIpAddress],
  ['Framed-IPv6-Address', attributeType.framedIpv6Address],
] as const satisfies readonly (readonly [Contradicted, number])[];

/** "The user chooses" and "the NAS chooses" (RFC 2865 §5.8): not an address, so never a different one. */
const CHOICES = new Set(['ffffffff', 'fffffffe']);

/**
 * The attribute in which a genuine Access-Accept contradicts its request: another line, service or address, even
 * beside the right one. Undefined if it agrees or has no such attribute. An address of the other family is ignored: a line
 * holds one of each. A line that was given prefixes must have the address in one of them (domain.md §7).
 */
export function findContradiction(accept: Packet, question: Packet): Contradicted | undefined {
  const [name] = repeated.find(([, type]) => isOtherwise(type, accept, question)) ?? [];
  if (name) return name;
  return isOutsidePrefixes(accept, question) ? 'Framed-IPv6-Prefix' : undefined;
}

function isOtherwise(type: number, accept: Packet, question: Packet): boolean {
  const [asked] = attributesOf(question, type);
  if (!asked) return false;
  return attributesOf(accept, type).some(({ value }) => !value.equals(asked.value) && !isChoice(type, value));
}

function isChoice(type: number, value: Buffer): boolean {
  return type === attributeType.framedIpAddress && CHOICES.has(value.toString('hex'));
}

function isOutsidePrefixes(accept: Packet, question: Packet): boolean {
  const [asked] = attributesOf(question, attributeType.framedIpv6Address);
  if (!asked) return false;
  const framed = attributesOf(accept, attributeType.framedIpv6Prefix);
  const delegated = attributesOf(accept, attributeType.delegatedIpv6Prefix);
  const prefixes = [...framed, ...delegated];
  return prefixes.length > 0 && !prefixes.some(({ value }) => isWithin(asked.value, value));
}

const PREFIX_HEADER_BYTES = 2;

/** A prefix is a reserved byte, its length in bits, and as many bytes as it needs or more (RFC 3162 §2.3). */
function isWithin(address: Buffer, prefix: Buffer): boolean {
  const bits = prefix[1];
  const bytes = prefix.subarray(PREFIX_HEADER_BYTES);
  if (bits === undefined || bits > 128 || bytes.length > 16 || bytes.length * 8 < bits) return false;
  const padded = Buffer.concat([bytes, Buffer.alloc(16 - bytes.length)]);
  return firstBits(padded, bits) === firstBits(address, bits);
}

function firstBits(address: Buffer, bits: number): bigint {
  return BigInt(`0x${address.toString('hex')}`) >> BigInt(128 - bits);
}
