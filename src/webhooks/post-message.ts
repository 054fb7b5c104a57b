import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { readRetryAfter, type AttemptResult } from './delivery-schedule.rules.ts';
import type { Target } from './resolve-target.ts';

/** What is kept of an answer, and how much of it is read. */
const EXCERPT_BYTES = 1_024;
const MAX_RESPONSE_BYTES = 64 * 1_024;

/** An attempt as it is recorded. */
export interface Attempt extends AttemptResult {
  readonly startedAt: Date;
  readonly durationMs: number;
  /** What the answer began with. */
  readonly response: string | null;
}

export interface OutgoingMessage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Connections to one endpoint, to its checked addresses alone: the name is not resolved again, so it cannot lead elsewhere meanwhile.
 * Close it when the messages are sent.
 */
export function connectTo(
  { addresses }: Target,
  { connections, timeoutMs }: { readonly connections: number; readonly timeoutMs: number },
): Agent {
  const lookup: LookupFunction = (_host, options, done) => {
    if (options.all)
      done(
        null,
        addresses.map((resolved) => ({ ...resolved })),
      );
    else done(null, addresses[0]!.address, addresses[0]!.family);
  };
  return new Agent({
    connections,
    pipelining: 1,
    connect: { lookup, timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

interface Sending {
  readonly agent: Agent;
  readonly target: Target;
  readonly timeoutMs: number;
  /** Cuts the attempt off. */
  readonly stopping?: AbortSignal | undefined;
  readonly now: () => Date;
}

/** Posts a message and reads what is answered. A redirect is an answer like any other: it is not followed. */
export async function postMessage(
  { agent, target, timeoutMs, stopping, now }: Sending,
  { headers, body }: OutgoingMessage,
): Promise<Attempt> {
  const startedAt = now();
  const beganMs = performance.now();
  const took = () => Math.round(performance.now() - beganMs);
  try {
    const answer = await request(target.url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Tabane-Webhooks/1.0' },
      body,
      dispatcher: agent,
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(stopping ? [stopping] : [])]),
    });
    const response = await readExcerpt(answer.body);
    const retryAfter = answer.headers['retry-after'];
    const retryAfterMs = readRetryAfter(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, now());
    return { status: answer.statusCode, error: null, retryAfterMs, startedAt, durationMs: took(), response };
  } catch (error) {
    const failed = { status: null, error: nameFailure(error), retryAfterMs: null, response: null };
    return { ...failed, startedAt, durationMs: took() };
  }
}

/** The beginning of an answer as text. More than 64 kB of it are not read: the connection is closed. */
async function readExcerpt(body: AsyncIterable<Buffer> & { destroy(): unknown }): Promise<string | null> {
  const kept: Buffer[] = [];
  let [keptBytes, readBytes] = [0, 0];
  for await (const piece of body) {
    const rest = piece.subarray(0, EXCERPT_BYTES - keptBytes);
    if (rest.length > 0) kept.push(rest);
    keptBytes += rest.length;
    readBytes += piece.length;
    if (readBytes > MAX_RESPONSE_BYTES) break;
  }
  if (keptBytes === 0) return null;
  return Buffer.concat(kept)
    .toString('utf8')
    .replaceAll(/[\p{Cc}\uFFFD]/gu, ' ');
}

const FAILURES: Readonly<Record<string, string>> = {
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ECONNREFUSED: 'connection-refused',
  ECONNRESET: 'connection-closed',
  EPIPE: 'connection-closed',
  UND_ERR_SOCKET: 'connection-closed',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ERR_SSL_WRONG_VERSION_NUMBER: 'certificate',
};
const CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL/;

/** Why there was no answer, in a word that companies read. */
function nameFailure(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'timeout';
  const code = codeOf(error);
  if (CERTIFICATE.test(code)) return 'certificate';
  return FAILURES[code] ?? 'connection-failed';
}

/** Of an attempt on several addresses, the last one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1));
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
