import { parseAddress } from '../shared/ip-address.rules.ts';

/**
 * The key under which failed sign-ins of an address are counted: an IPv4 address, however it was written, or the /64 of an
 * IPv6 address, because one line can use all addresses of its /64. Everything that is not an address is one source.
 */
export function sourceKeyOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed) return 'other';
  const { family, bytes } = parsed;
  return `ipv${family}:${bytes.subarray(0, 8).toString('hex')}`;
}
