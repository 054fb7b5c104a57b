import { BlockList } from 'node:net';
import { formatAddress, parseAddress } from './ip-address.rules.ts';

/** Loopback, private, shared and link-local addresses (RFC 1122, 1918, 6598, 3927, 4193, 4291). */
const RANGES = [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const;

const privateRanges = new BlockList();
for (const [network, prefix] of RANGES) {
  privateRanges.addSubnet(network, prefix, network.includes(':') ? 'ipv6' : 'ipv4');
}

/**
 * Whether a host to listen at is reachable from private networks alone. `0.0.0.0`, `::` and names other than `localhost` may be
 * reachable from anywhere, so they are not.
 */
export function isPrivateHost(host: string): boolean {
  if (host === 'localhost') return true;
  const address = parseAddress(host);
  if (!address) return false;
  return privateRanges.check(formatAddress(address), address.family === 4 ? 'ipv4' : 'ipv6');
}
