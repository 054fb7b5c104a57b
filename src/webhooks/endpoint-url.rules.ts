import { isIP } from 'node:net';
import { isLoopback, isPublicAddress } from '../shared/public-address.rules.ts';

export const MAX_URL = 1_000;

const LABEL = '([A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const PORT = '(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?';
const PATH = '([/?][!"$-~]*)?';
/** Pattern of an address of an endpoint: https, a host name of at least two labels, a port or none. */
export const ENDPOINT_URL = `^https://([A-Za-z0-9]${LABEL}[.])+[A-Za-z]${LABEL}${PORT}${PATH}$`;
/** The same of an address of this machine, which `WEBHOOK_LOOPBACK` allows. */
export const OWN_URL = `^https?://(localhost|127[.][0-9.]+|[[]::1[\\]])${PORT}${PATH}$`;

/** Whether addresses of this machine may be used, without TLS too; for development alone. */
export interface UrlRule {
  readonly isLoopbackAllowed: boolean;
}

/** Why an address cannot be an endpoint, after the words "must be" or "must not"; undefined when it can. */
export function findUrlFault(text: string, { isLoopbackAllowed }: UrlRule): string | undefined {
  const url = URL.parse(text);
  if (!url || text.length > MAX_URL) return `must be a web address of at most ${MAX_URL} characters`;
  if (url.username !== '' || url.password !== '') return 'must not have a name or password before the host';
  if (url.hash !== '') return 'must not have a part after #';
  const host = hostOf(url);
  const isOwn = isLoopbackAllowed && (host === 'localhost' || isLoopback(host));
  if (url.protocol !== 'https:' && !(isOwn && url.protocol === 'http:')) return 'must begin with https://';
  if (isIP(host) !== 0 && !isOwn && !isPublicAddress(host)) return 'must be on the public internet';
  return undefined;
}

const TAKEN_URL = new RegExp(ENDPOINT_URL);
const TAKEN_OWN_URL = new RegExp(OWN_URL);

/** Why an address is not taken for an endpoint, by whichever door it comes: what `findUrlFault` says, or that it is no host name in ASCII. */
export function findNewUrlFault(text: string, rule: UrlRule): string | undefined {
  const fault = findUrlFault(text, rule);
  if (fault !== undefined || TAKEN_URL.test(text)) return fault;
  if (rule.isLoopbackAllowed && TAKEN_OWN_URL.test(text)) return undefined;
  return 'must have a host name, not an IP address, and consist of ASCII characters';
}

/** The host of an address, of IPv6 without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** Whether a request may go to an address that a name resolves to. */
export function isAllowedAddress(address: string, { isLoopbackAllowed }: UrlRule): boolean {
  return isPublicAddress(address) || (isLoopbackAllowed && isLoopback(address));
}
