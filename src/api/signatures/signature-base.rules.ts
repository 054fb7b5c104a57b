import { signatureRefusal } from './signature-refusal.ts';

/** The parts of a request that a signature can cover. */
export interface SignedMessage {
  readonly method: string;
  /** Scheme and host by which the sender reaches us, such as `https://pay.example`. */
  readonly origin: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
}

const FIELD_NAME = /^[a-z0-9!#$%&'*+.^_`|~-]+$/;

/**
 * The signature base (RFC 9421 §2.5): the bytes that are signed. A header that came in several lines is one value, and one that did
 * not come cannot be covered.
 * @throws Problem `signature-invalid`
 */
export function buildSignatureBase(
  message: SignedMessage,
  { components, parametersText }: { readonly components: readonly string[]; readonly parametersText: string },
): Buffer {
  const lines = components.map((name) => `"${name}": ${valueOf(message, name)}`);
  // Node reads header bytes as Latin-1, so this restores them.
  return Buffer.from([...lines, `"@signature-params": ${parametersText}`].join('\n'), 'latin1');
}

function valueOf(message: SignedMessage, name: string): string {
  if (name.startsWith('@')) return derivedOf(message, name);
  const value = FIELD_NAME.test(name) ? headerOf(message.rawHeaders, name) : undefined;
  if (value !== undefined) return value;
  throw signatureRefusal(
    'component-missing',
    'The signature covers a header that the request does not have.',
  );
}

function derivedOf({ method, origin, target }: SignedMessage, name: string): string {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  switch (name) {
    case '@method':
      return method;
    case '@target-uri':
      return `${origin}${target}`;
    case '@authority':
      return new URL(origin).host;
    case '@scheme':
      return new URL(origin).protocol.slice(0, -1);
    case '@path':
      return path === '' ? '/' : path;
    case '@query':
      return at < 0 ? '?' : target.slice(at);
    default:
      throw signatureRefusal(
        'component-unsupported',
        'Of derived components, @method, @target-uri, @authority, @scheme, @path and @query can be covered.',
      );
  }
}

/** The value of a header, of several lines joined (RFC 9421 §2.1); undefined without the header. */
export function headerOf(rawHeaders: readonly string[], name: string): string | undefined {
  const values: string[] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) values.push((rawHeaders[index + 1] ?? '').trim());
  }
  return values.length === 0 ? undefined : values.join(', ');
}
