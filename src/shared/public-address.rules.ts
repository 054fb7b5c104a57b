import { BlockList } from 'node:net';
import { formatAddress, parseAddress } from './ip-address.rules.ts';

/** IPv4 that is not of the public internet (the IANA registry of special addresses), multicast and what is reserved. */
const NOT_PUBLIC_4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/** Public IPv6 is assigned from here alone: what maps or translates IPv4 (::ffff:0:0/96, 64:ff9b::/96) is outside. */
const ASSIGNED_6 = ['2000::', 3] as const;
/** Of it, what is special: protocols and Teredo, documentation, 6to4. */
const NOT_PUBLIC_6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const [notPublic, assigned] = [new BlockList(), new BlockList()];
for (const [network, prefix] of NOT_PUBLIC_4) notPublic.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of NOT_PUBLIC_6) notPublic.addSubnet(network, prefix, 'ipv6');
assigned.addSubnet(...ASSIGNED_6, 'ipv6');

/**
 * Whether an address is of the public internet, so that a request that others name may go there. An IPv4 address in the notation of
 * IPv6 counts as that IPv4 address; what is no address is not public.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (!address) return false;
  const plain = formatAddress(address);
  if (address.family === 4) return !notPublic.check(plain, 'ipv4');
  return assigned.check(plain, 'ipv6') && !notPublic.check(plain, 'ipv6');
}

/** Whether an address is this machine's own. */
export function isLoopback(text: string): boolean {
  const address = parseAddress(text);
  if (!address) return false;
  return address.family === 4 ? address.bytes[0] === 127 : formatAddress(address) === '::1';
}
