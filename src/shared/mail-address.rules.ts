import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';

/** RFC 5321 §4.5.3.1: a local part has at most 64 octets, a path with its brackets 256. */
const MAX_LOCAL = 64;
const MAX_ADDRESS = 254;

/** Characters of a local part that need no quotes (RFC 5322 §3.2.3), with dots anywhere. */
const ATOMS = /^[\w!#$%&'*+/=?^`{|}~.-]+$/;
/** Dots between atoms, as the standard has them. */
const DOT_ATOM = /^[^.]+(?:\.[^.]+)*$/;
/** What stands between quotes, without backslashes, quotes and anything that is not printable ASCII. */
const QUOTED = /^"([ !#-[\]-~]+)"$/;
const DOMAIN = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/;

/**
 * The address in the one form that is stored and sent; undefined for what is no address. One address only: no list, no name,
 * no angle brackets, nothing that could end a header.
 *
 * Addresses of Japanese mobile carriers have dots at the end or in a row (`taro..@docomo.ne.jp`), which the standard takes only in
 * quotes: those are added. International domains become their ASCII form. The local part stays in ASCII: few servers take
 * more.
 */
export function readMailAddress(text: string): string | undefined {
  const at = text.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = readLocalPart(text.slice(0, at));
  const domain = domainToASCII(text.slice(at + 1)).toLowerCase();
  if (local === undefined || !DOMAIN.test(domain)) return undefined;
  const address = `${local}@${domain}`;
  return address.length <= MAX_ADDRESS ? address : undefined;
}

function readLocalPart(text: string): string | undefined {
  const quoted = QUOTED.exec(text)?.[1];
  const local = quoted ?? text;
  if (local.length > MAX_LOCAL || (quoted === undefined && !ATOMS.test(local))) return undefined;
  return ATOMS.test(local) && DOT_ATOM.test(local) ? local : `"${local}"`;
}

/**
 * Finds an address in the table of marks. Not keyed: a mark outlives a change of TABANE_SECRET, and the addresses themselves are
 * in the line master.
 */
export function hashMailAddress(address: string): string {
  return createHash('sha256').update(address.toLowerCase()).digest('hex');
}

/** An address as a log or a screen may show it: `t…@docomo.ne.jp`. */
export function maskMailAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, address.startsWith('"') ? 2 : 1)}…${address.slice(at)}`;
}
