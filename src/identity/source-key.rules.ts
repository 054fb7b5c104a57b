import { parseAddress } from '../shared/ip-address.rules.ts';

/**
 * What failed sign-ins of an address are counted under: an IPv4 address, however it was written, or the /64 of
 * an IPv6 address, for one line has all of its 18 trillion million addresses to guess from. Whatever is no address
 * is one source together.
 */
export function sourceKeyOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed) return 'other';
  const { family, bytes } = parsed;
  return `ipv${family}:${bytes.subarray(0, 8).toString('hex')}`;
}
