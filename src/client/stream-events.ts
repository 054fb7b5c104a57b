import type { ClientOptions, StreamOptions } from './client.types.ts';
import { sign } from './sign.ts';
import { readError } from './tabane-error.ts';

/** The service writes something every fifteen seconds. */
const SILENCE_MS = 45_000;
/** After a connection that worked. */
const SHORT_PAUSE_MS = 200;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;
const PASSING_STATUSES = new Set([429, 500, 502, 503, 504]);

/**
 * The events of your company as they happen, each once and in their order. Connects again when the connection ends, and resumes
 * behind the last event: keep its `sequence`, and pass it as `after` when your program starts again.
 * @throws TabaneError for a refusal that stays, such as one of a revoked key
 */
export async function* streamEvents<Event>(
  options: ClientOptions,
  { after, signal }: StreamOptions = {},
): AsyncGenerator<Event, void> {
  let lastId = after === undefined ? undefined : String(after);
  for (let failures = 1; ; failures++) {
    if (signal?.aborted === true) return;
    const connection = new AbortController();
    const ends = signal ? AbortSignal.any([signal, connection.signal]) : connection.signal;
    let pauseMs = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
    try {
      const response = await whileNotSilent(connection, () => connect(options, lastId, ends));
      if (response.ok) {
        for await (const { id, data } of messagesOf(response, connection)) {
          failures = 0;
          lastId = id ?? lastId;
          if (data !== '') yield JSON.parse(data) as Event;
        }
      } else {
        const error = await readError(response);
        if (!PASSING_STATUSES.has(error.status)) throw new Refused(error);
        pauseMs = Math.max(pauseMs, Number(response.headers.get('retry-after') ?? 0) * 1_000);
      }
    } catch (error) {
      if (error instanceof Refused) throw error.cause;
      if (!isOfConnection(error)) throw error;
    } finally {
      connection.abort();
    }
    await pause(failures === 0 ? SHORT_PAUSE_MS : pauseMs, signal);
  }
}

/** A refusal that another connection would get too. */
class Refused extends Error {
  override readonly name = 'Refused';
  constructor(cause: Error) {
    super('refused', { cause });
  }
}

/** What `fetch` and its body throw when a connection breaks, or ends because of a signal. */
const isOfConnection = (error: unknown): boolean =>
  (error instanceof TypeError && !(error instanceof SigningFault)) ||
  (error instanceof DOMException && ['AbortError', 'TimeoutError'].includes(error.name));

/** A private key that cannot be used stays so. */
class SigningFault extends TypeError {}

async function connect(
  { apiKey, origin, signing, fetch: fetchOf = fetch }: ClientOptions,
  lastId: string | undefined,
  signal: AbortSignal,
): Promise<Response> {
  const url = new URL('/v1/events/stream', origin).href;
  const headers: Record<string, string> = { authorization: `Bearer ${apiKey}`, accept: 'text/event-stream' };
  if (lastId !== undefined) headers['last-event-id'] = lastId;
  if (signing) {
    const sent = { method: 'GET', url, headers, body: undefined };
    const signatures = await sign(signing, sent).catch((error: unknown) => {
      throw new SigningFault('the stream cannot be signed', { cause: error });
    });
    Object.assign(headers, signatures);
  }
  return await fetchOf(url, { headers, redirect: 'error', signal });
}

interface Message {
  readonly id: string | undefined;
  readonly data: string;
}

/** The messages of a stream (HTML standard, server-sent events), until it ends or is silent for too long. */
async function* messagesOf(response: Response, connection: AbortController): AsyncGenerator<Message, void> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await whileNotSilent(connection, () => reader.read());
    if (done) return;
    text += value;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) yield messageOf(part);
  }
}

function messageOf(part: string): Message {
  const lines = part.split('\n');
  const valuesOf = (field: string) =>
    lines.filter((line) => line.startsWith(`${field}: `)).map((line) => line.slice(field.length + 2));
  return { id: valuesOf('id').at(-1), data: valuesOf('data').join('\n') };
}

async function whileNotSilent<T>(connection: AbortController, work: () => Promise<T>): Promise<T> {
  const timer = setTimeout(() => connection.abort(), SILENCE_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal?.aborted === true) end();
    signal?.addEventListener('abort', end, { once: true });
  });
}
