import { BlockList } from 'node:net';

const localAddresses = new BlockList();
for (const [network, prefix] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  localAddresses.addSubnet(network, prefix, 'ipv4');
}
localAddresses.addAddress('::1', 'ipv6');
localAddresses.addSubnet('fc00::', 7, 'ipv6');

/**
 * Whether an address is a loopback address or one of a private network (RFC 1918, RFC 4193). A container sees the browser of
 * its host at the address of the bridge between them.
 */
export function isLocalAddress(address: string): boolean {
  return localAddresses.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}
