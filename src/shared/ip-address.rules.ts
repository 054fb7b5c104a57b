import { Buffer } from 'node:buffer';
import { isIPv4, isIPv6 } from 'node:net';

/** An IP address as the 4 or 16 bytes of a packet. */
export interface Address {
  readonly family: 4 | 6;
  readonly bytes: Buffer;
}

const MAPPED_PREFIX = Buffer.from('00000000000000000000ffff', 'hex');

/**
 * Parses an address. `::ffff:192.0.2.1`, as a dual-stack socket shows an IPv4 address, is parsed as that IPv4 address,
 * by which the AAA server knows the line. Undefined for anything that a line cannot have: a host name, or an address
 * with a zone.
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
  // URL formats hosts like that.
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** Whether two addresses are equal in any notation. */
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
