import { hash } from 'node:crypto';

const BARE = /^[\x21-\x7e]{1,255}$/;
/** The quoted form is a structured-field string (RFC 8941 §3.3.3): only the quote and the backslash are escaped. */
const QUOTED = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/**
 * The key inside an `Idempotency-Key` header: `"abc"` and `abc` are the same key. Undefined unless it is
 * 1 to 255 visible ASCII characters.
 */
export function parseIdempotencyKey(header: string): string | undefined {
  const text = header.trim();
  const quoted = QUOTED.exec(text)?.[1];
  // What begins as a quoted text and is none was cut off or glued together on its way.
  if (quoted === undefined && text.startsWith('"')) return undefined;
  const key = quoted === undefined ? text : quoted.replaceAll(/\\(["\\])/g, '$1');
  return BARE.test(key) ? key : undefined;
}

/** The stored form of a key: fixed in length, and without personal data that a key may contain. */
export function hashIdempotencyKey(key: string): string {
  return hash('sha256', key);
}

/** Identifies a request by its method, address and body; the order of the body's members does not matter. */
export function hashRequest(request: { method: string; path: string; body: unknown }): string {
  const text = `${request.method} ${request.path}\n${canonicalJson(request.body)}`;
  return hash('sha256', text);
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)))
      : member,
  );
}
