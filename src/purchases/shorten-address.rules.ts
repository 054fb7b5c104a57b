import { parseAddress } from '../shared/ip-address.rules.ts';

/**
 * An IP address without its last part, as a receipt shows it: the last number of an IPv4 address, the lower half of an IPv6
 * address. A text that is no address is not shown at all.
 */
export function shortenAddress(text: string): string {
  const address = parseAddress(text);
  if (!address) return '';
  if (address.family === 4) return `${[...address.bytes.subarray(0, 3)].join('.')}.*`;
  const groups = [0, 2, 4, 6].map((offset) => address.bytes.readUInt16BE(offset).toString(16));
  return `${groups.join(':')}:*`;
}
