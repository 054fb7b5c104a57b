import { parseAddress, type Address } from '../shared/ip-address.rules.ts';

/** The header in which our own proxy gives the browser's address; false if browsers connect directly. */
export type TrustedProxy = false | 'x-forwarded-for' | 'forwarded';

const PORT = /^\d{1,5}$/;
/** What RFC 7239 §6 permits for a port in `Forwarded` besides. */
const OBFUSCATED_PORT = /^_[\w.-]+$/;
const BRACKETED = /^\[([^[\]]+)\](?::(.*))?$/;
const IPV4_WITH_PORT = /^(\d+\.[\d.]*):(.*)$/;
const ZONE = /%[\w.~%-]+$/;
const MAX_PORT = 65_535;

/**
 * The address that one hop names: IPv4 or IPv6, with or without port, brackets and zone, in any letter case.
 * `otherPort` is what a port may look like besides. Undefined for anything else: a name, `unknown`, `_hidden`, nothing, or an address that no browser has.
 */
export function readHop(text: string, otherPort?: RegExp): Address | undefined {
  const { host, port, isBracketed } = splitPort(text.trim());
  const isPort = port === undefined || (PORT.test(port) && Number(port) <= MAX_PORT);
  if (!isPort && !otherPort?.test(port)) return undefined;
  const isIpv6 = host.includes(':');
  if (isBracketed && !isIpv6) return undefined;
  const address = parseAddress(isIpv6 ? host.replace(ZONE, '') : host);
  return address?.bytes.some((byte) => byte !== 0) ? address : undefined;
}

function splitPort(text: string): { host: string; port: string | undefined; isBracketed: boolean } {
  const [, bracketed, portOfBracketed] = BRACKETED.exec(text) ?? [];
  if (bracketed !== undefined) return { host: bracketed, port: portOfBracketed, isBracketed: true };
  const [, host = text, port] = IPV4_WITH_PORT.exec(text) ?? [];
  return { host, port, isBracketed: false };
}

/** The address that our proxy appended to `X-Forwarded-For`: the last element. The elements before it are claims of the browser. */
export function readForwardedFor(value: string): Address | undefined {
  return readHop(value.slice(value.lastIndexOf(',') + 1));
}

/** One `name=value` of RFC 7239 §4 and what follows it; a value without quotes is read more widely than the grammar. */
const PAIR = /[ \t]*([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*))[ \t]*([;,]|$)/y;

/**
 * The address in the last element of `Forwarded` (RFC 7239). A header that is not well-formed as a whole is ignored: an
 * unclosed quote of the browser would hide what our proxy appended.
 */
export function readForwarded(value: string): Address | undefined {
  let claimed: string[] = [];
  let isOpen = true;
  PAIR.lastIndex = 0;
  while (isOpen || PAIR.lastIndex < value.length) {
    const [, name = '', quoted, plain = '', separator] = PAIR.exec(value) ?? [];
    if (separator === undefined) return undefined;
    if (name.toLowerCase() === 'for') claimed.push(quoted?.replaceAll(/\\(.)/g, '$1') ?? plain);
    isOpen = separator === ',';
    if (isOpen) claimed = [];
  }
  const [hop, ...more] = claimed;
  return hop === undefined || more.length > 0 ? undefined : readHop(hop, OBFUSCATED_PORT);
}
