import { Buffer } from 'node:buffer';
import { isIPv4, isIPv6 } from 'node:net';

/** An internet address as the 4 or 16 bytes that travel in a packet. */
export interface Address {
  readonly family: 4 | 6;
  readonly bytes: Buffer;
}

const MAPPED_PREFIX = Buffer.from('00000000000000000000ffff', 'hex');

/**
 * Reads the text of an address. An IPv4 address that a dual-stack socket shows as `::ffff:192.0.2.1` is the
 * IPv4 address again: the AAA server knows the line by that one. Undefined for anything that no line can
 * hold: a host name, or an address with a zone.
 */
export function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { family: 4, bytes: ipv4Bytes(text) };
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const bytes = ipv6Bytes(text);
  const mapped = bytes.subarray(0, MAPPED_PREFIX.length).equals(MAPPED_PREFIX);
  return mapped ? { family: 4, bytes: bytes.subarray(MAPPED_PREFIX.length) } : { family: 6, bytes };
}

/** The one text of an address: dotted, or as RFC 5952 writes IPv6. */
export function formatAddress({ family, bytes }: Address): string {
  if (family === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(2 * index).toString(16));
  // URLs write their hosts so.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** Whether two addresses are one and the same, however each was written. */
export function sameAddress(one: Address, other: Address): boolean {
  return one.family === other.family && one.bytes.equals(other.bytes);
}

function ipv4Bytes(text: string): Buffer {
  return Buffer.from(text.split('.').map(Number));
}

/** `text` has passed `isIPv6`: at most one `::`, at most eight groups, dotted digits only at the end. */
function ipv6Bytes(text: string): Buffer {
  const [head = '', tail = ''] = text.split('::');
  const [left, right] = [groupBytes(head), groupBytes(tail)];
  return Buffer.concat([left, Buffer.alloc(16 - left.length - right.length), right]);
}

function groupBytes(groups: string): Buffer {
  if (groups === '') return Buffer.alloc(0);
  return Buffer.concat(
    groups
      .split(':')
      .map((group) => (group.includes('.') ? ipv4Bytes(group) : Buffer.from(group.padStart(4, '0'), 'hex'))),
  );
}
