const TOLERANCE_SECONDS = 300;

/** A message that is not from the service, or not of now. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
}

/** What came in: headers of Node, of `fetch`, or of a framework. */
export type ReceivedHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How far the time of the message may be from now. Default 300. */
  readonly toleranceSeconds?: number;
  /** Default: now. */
  readonly now?: Date;
}

/**
 * Checks a message (Standard Webhooks 1.0) and returns its event. Keep `webhook-id`, and ignore a message whose id you have had: each
 * event comes at least once.
 *
 * @param body The bytes as they came. A body that was parsed and written again has another signature.
 * @param keys `whsec_…` (HMAC) or `whpk_…` (ed25519), the new and the old one while a secret is rotated.
 * @throws WebhookVerificationError
 */
export async function verifyWebhook<Event = unknown>(
  body: string | Uint8Array,
  headers: ReceivedHeaders,
  keys: string | readonly string[],
  { toleranceSeconds = TOLERANCE_SECONDS, now = new Date() }: VerifyOptions = {},
): Promise<Event> {
  const [id, timestamp, signatures] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    requireHeader(headers, name),
  ) as [string, string, string];
  if (!/^\d{1,12}$/.test(timestamp)) throw new WebhookVerificationError('webhook-timestamp is no time');
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookVerificationError('webhook-timestamp is too far from now');
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`);
  for (const key of typeof keys === 'string' ? [keys] : keys) {
    for (const signature of signatures.split(' ')) {
      if (await matches(key, signature, signed)) return JSON.parse(text) as Event;
    }
  }
  throw new WebhookVerificationError('no signature of the message is of a key of yours');
}

function requireHeader(headers: ReceivedHeaders, name: string): string {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  const text = typeof value === 'string' ? value : value?.[0];
  if (!text) throw new WebhookVerificationError(`${name} is missing`);
  return text;
}

/** Both are compared by the platform's `verify`, in constant time. */
async function matches(key: string, signature: string, signed: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const [version, encoded = ''] = signature.split(',', 2);
  const [kind, bytes] = readKey(key);
  const given = decode(encoded);
  if (given === undefined || version !== (kind === 'secret' ? 'v1' : 'v1a')) return false;
  const algorithm = kind === 'secret' ? { name: 'HMAC', hash: 'SHA-256' } : { name: 'Ed25519' };
  const imported = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify']);
  return crypto.subtle.verify(algorithm.name, imported, given, signed);
}

function readKey(key: string): readonly ['secret' | 'public', Uint8Array<ArrayBuffer>] {
  const [, prefix, encoded = ''] = /^(whsec|whpk)_(.+)$/.exec(key) ?? [];
  const bytes = decode(encoded);
  if (prefix === undefined || bytes === undefined || bytes.length < 24)
    throw new WebhookVerificationError('a key is whsec_… or whpk_…, as the endpoint shows it');
  return [prefix === 'whsec' ? 'secret' : 'public', bytes];
}

function decode(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
  } catch {
    return undefined;
  }
}
