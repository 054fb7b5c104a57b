/** A path of our own, without anything that a browser could read as another host. */
const PATH = /^\/[\w\-./~%@:,;=+&?]*$/;
const MAX_LENGTH = 512;

/**
 * A path on our own pages that an address names, to return to after signing in; undefined for everything else, such as
 * `//host`, `/\host` or an address of another scheme. Of an absolute address, only path and query count.
 */
export function returnPathOf(address: string): string | undefined {
  const path = address.replace(/^https?:\/\/[^/?#]+/i, '').replace(/#.*$/, '');
  const isOwn = PATH.test(path) && !path.startsWith('//') && path.length <= MAX_LENGTH;
  return isOwn ? path : undefined;
}
