import { BlockList } from 'node:net';
import { invalidInput } from '../shared/check-input.ts';
import { formatAddress, parseAddress } from '../shared/ip-address.rules.ts';

/** More networks than this are a mistake. */
export const MAX_NETWORKS = 50;

/** A network as it is stored: `203.0.113.0/24`, `2001:db8::/32`. */
interface Network {
  readonly address: string;
  readonly prefix: number;
  readonly family: 4 | 6;
}

/**
 * Reads the addresses and networks (CIDR) from which a key may be used. Returns them in one notation, each once, separated by
 * spaces. @throws Problem `invalid-request` that names the entry
 */
export function readNetworks(typed: readonly string[], field = 'addresses'): string {
  const networks = typed.map((text, index) => {
    const network = parseNetwork(text);
    if (network) return `${network.address}/${network.prefix}`;
    const message = 'must be an IP address or a network such as 203.0.113.0/24 or 2001:db8::/32';
    throw invalidInput([{ pointer: `/${field}/${index}`, message }]);
  });
  const distinct = [...new Set(networks)];
  if (distinct.length === 0 || distinct.length > MAX_NETWORKS)
    throw invalidInput([{ pointer: `/${field}`, message: `must have 1 to ${MAX_NETWORKS} entries` }]);
  return distinct.join(' ');
}

function parseNetwork(text: string): Network | undefined {
  const [host = '', length, ...rest] = text.trim().split('/');
  const address = parseAddress(host);
  if (!address || rest.length > 0) return undefined;
  const longest = address.family === 4 ? 32 : 128;
  if (length !== undefined && !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const prefix = length === undefined ? longest : Number(length);
  // A network of length 0 is everybody: then the key has no list.
  if (prefix < 1 || prefix > longest) return undefined;
  return { address: formatAddress(address), prefix, family: address.family };
}

/** Whether an address is in one of the stored networks. An unknown address is in none. */
export function isInNetworks(stored: string, address: string | undefined): boolean {
  const parsed = address === undefined ? undefined : parseAddress(address);
  if (!parsed) return false;
  return listOf(stored).check(formatAddress(parsed), parsed.family === 4 ? 'ipv4' : 'ipv6');
}

const lists = new Map<string, BlockList>();
const MAX_LISTS = 1_000;

/** Lists are compiled once; a few keys have one. */
function listOf(stored: string): BlockList {
  const known = lists.get(stored);
  if (known) return known;
  const list = new BlockList();
  for (const text of stored.split(' ')) {
    const network = parseNetwork(text);
    if (!network) throw new Error(`a key has the unreadable network ${text}`);
    list.addSubnet(network.address, network.prefix, network.family === 4 ? 'ipv4' : 'ipv6');
  }
  if (lists.size >= MAX_LISTS) lists.clear();
  lists.set(stored, list);
  return list;
}
