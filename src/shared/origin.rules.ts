/** Letters, digits and hyphens between dots, without a hyphen at the end; a `form-action` can name such hosts too. */
const HOST = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;
const THIS_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]']);
/** Scheme, host and port, before anything is normalised: no path, user, blank or control character. */
// oxlint-disable-next-line no-control-regex -- they are refused
const SHAPE = /^https?:\/\/[^/\\?#@\s\u0000-\u001f\u007f]+$/;

/**
 * Whether a text is an origin as browsers write it, `https://shop.example` or with a port, and nothing else: no path,
 * slash at the end, user, query, wildcard, capitals or usual port; international names in their ASCII form.
 */
export function isOrigin(text: string): boolean {
  const url = SHAPE.test(text) ? URL.parse(text) : null;
  return url !== null && url.origin === text && (HOST.test(url.hostname) || isThisMachine(url));
}

/**
 * The origin of a company's site as stored; undefined for an invalid one. It is https, or http on this machine for
 * trials; an international name is stored as browsers send it (`https://xn--…`).
 */
export function readSiteOrigin(text: string): string | undefined {
  const url = SHAPE.test(text) ? URL.parse(text) : null;
  if (!url) return undefined;
  // Only a non-ASCII name is rewritten: a text with any other difference is not an origin.
  const isInternational = /[^\p{ASCII}]/u.test(text);
  const origin = isInternational ? url.origin : text;
  const isPermitted = isThisMachine(url) || (url.protocol === 'https:' && url.hostname.includes('.'));
  return isPermitted && isOrigin(origin) && url.origin === origin ? origin : undefined;
}

function isThisMachine({ hostname }: URL): boolean {
  return THIS_MACHINE.has(hostname);
}

/** A complete address: scheme and two slashes, then printable ASCII without characters that browsers interpret differently. */
const ADDRESS = /^https?:\/\/(?!\/)[!#-;=?-[\]^_a-z{|}~]+$/i;

/**
 * Whether a return address is on the site of the service: an open redirect would let anyone misuse the carrier's
 * name. User names, passwords, backslashes, blanks and control characters are refused, however browsers interpret them.
 */
export function isOnSite(address: string, siteOrigin: string): boolean {
  const url = ADDRESS.test(address) ? URL.parse(address) : null;
  return (
    url !== null &&
    url.origin === siteOrigin &&
    url.username === '' &&
    url.password === '' &&
    !hasUser(address)
  );
}

/** Whether an address has a user, even an empty one as in `https://@shop.example`. */
function hasUser(address: string): boolean {
  const [, authority = ''] = /^https?:\/\/([^/?#]*)/i.exec(address) ?? [];
  return authority.includes('@');
}
