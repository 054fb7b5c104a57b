import type { ClientOptions, Route } from './client.types.ts';
import { sign } from './sign.ts';
import { readError, TabaneConnectionError, TabaneError } from './tabane-error.ts';

const RETRIES = 3;
const TIMEOUT_MS = 30_000;
const FIRST_PAUSE_MS = 250;
const MAX_PAUSE_MS = 8_000;
/** A server that asks for more is not waited for: the caller gets the refusal. */
const MAX_RETRY_AFTER_MS = 60_000;
const PASSING_STATUSES = new Set([429, 500, 502, 503, 504]);

/** A request as it is sent, again and again if need be. */
export interface Sent {
  readonly route: Route;
  readonly url: string;
  readonly body: string | Blob | ReadableStream | Uint8Array<ArrayBuffer> | undefined;
  readonly idempotencyKey: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends a request until there is an answer that stays. Every try carries the same Idempotency-Key, so that a write whose answer was
 * lost takes effect once.
 *
 * @throws TabaneError for a refusal.
 * @throws TabaneConnectionError after the last try without an answer.
 */
export async function send(options: ClientOptions, sent: Sent): Promise<Response> {
  const { retries = RETRIES } = options;
  // A stream can be read once, and a write without a key may have taken effect.
  const mayRepeat =
    (sent.route.method === 'GET' || sent.route.isIdempotent) && !(sent.body instanceof ReadableStream);
  for (let tries = 0; ; tries++) {
    const outcome = await attempt(options, sent);
    if (outcome instanceof Response && outcome.ok) return outcome;
    const error = outcome instanceof Response ? await readError(outcome) : outcome;
    const pauseMs = pauseBefore(tries, outcome);
    if (!mayRepeat || tries >= retries || !passes(error) || pauseMs > MAX_RETRY_AFTER_MS) throw error;
    await pause(pauseMs, sent.signal);
  }
}

async function attempt(options: ClientOptions, sent: Sent): Promise<Response | TabaneConnectionError> {
  const { apiKey, timeoutMs = TIMEOUT_MS, fetch: fetchOf = fetch } = options;
  const { route, url, body, idempotencyKey, signal } = sent;
  const limit = AbortSignal.timeout(timeoutMs);
  const headers: Record<string, string> = { authorization: `Bearer ${apiKey}` };
  if (body !== undefined) headers['content-type'] = route.contentType ?? 'application/json';
  if (route.isIdempotent)
    headers['idempotency-key'] = `"${idempotencyKey.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
  // Each try has a signature of its own: its nonce is accepted once.
  if (options.signing)
    Object.assign(headers, await sign(options.signing, { method: route.method, url, headers, body }));
  try {
    const response = await fetchOf(url, {
      method: route.method,
      headers,
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      ...(body === undefined ? {} : { body }),
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    });
    return route.isFile && response.ok ? response : await readWhole(response);
  } catch (cause) {
    signal?.throwIfAborted();
    return new TabaneConnectionError(`no answer from ${new URL(url).origin}`, { cause });
  }
}

/** An answer that breaks off is none: so it is read here, within the time limit. */
async function readWhole(response: Response): Promise<Response> {
  const { status, headers } = response;
  const text = await response.text();
  return new Response(status === 204 ? null : text, { status, headers });
}

function passes(error: TabaneError | TabaneConnectionError): boolean {
  if (error instanceof TabaneConnectionError) return true;
  return PASSING_STATUSES.has(error.status) || error.code === 'idempotency-key-in-use';
}

/** What the server asks for, else twice as long each time, spread so that many clients do not come back at once. */
function pauseBefore(tries: number, outcome: Response | TabaneConnectionError): number {
  const asked =
    outcome instanceof Response ? Number(outcome.headers.get('retry-after') ?? Number.NaN) : Number.NaN;
  if (Number.isFinite(asked)) return asked * 1_000;
  const longest = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** tries);
  return longest / 2 + (Math.random() * longest) / 2;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new DOMException('aborted', 'AbortError'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, ms);
    if (signal?.aborted) end();
    signal?.addEventListener('abort', end, { once: true });
  });
}
