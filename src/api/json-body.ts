import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import { Problem } from '../shared/problem.ts';
import type { ApiContext, ApiStep } from './api-context.ts';
import { readArriving } from '../http/arriving-body.ts';
import { assertDigest } from './signatures/content-digest.rules.ts';
import { readBytes, requestOf } from './whole-body.ts';
import { isDeeperThan, namesTwice, withExactNumbers } from './exact-json.rules.ts';

const BODY_LIMIT_BYTES = 64 * 1024;
/** Our requests have three levels. The bound protects recursive functions from exhausting the stack. */
const MAX_LEVELS = 16;
const CHARSET = /;\s*charset="?([^\s";]+)"?/i;

/**
 * Parses a JSON body of at most `limitBytes` (decompressed) into `ctx.state.body`; a missing body is `{}`. Refuses
 * other content types, text that is not UTF-8, and keys that would change prototypes.
 */
export function jsonBody(limitBytes: number = BODY_LIMIT_BYTES): ApiStep {
  const parse = bodyParser({
    enableTypes: ['json'],
    jsonLimit: limitBytes,
    jsonStrict: true,
    parsedMethods: ['POST', 'PATCH', 'DELETE'],
    onError: (error, ctx) => refuse(error, ctx, limitBytes),
  }) as unknown as Middleware;
  return async (ctx, next) => {
    if (isWithoutBody(ctx)) ctx.state.body = emptyBody(ctx);
    else {
      assertJson(ctx);
      await readArriving(ctx, async () => {
        const from = ctx.state.signature ? await readSigned(ctx, limitBytes) : (ctx as unknown as Context);
        await parse(from, async () => {});
      });
      ctx.state.body = readParsed(ctx);
    }
    await next();
  };
}

/** A signature can cover the digest of nothing. */
function emptyBody({ state }: ApiContext): object {
  if (state.signature?.contentDigest !== undefined)
    assertDigest(state.signature.contentDigest, new Uint8Array());
  return {};
}

/**
 * Compares the body of a signed request with its digest, of the bytes as they came, and returns a context from which the parser reads
 * these bytes.
 */
async function readSigned(ctx: ApiContext, limitBytes: number): Promise<Context> {
  const bytes = await readBytes(ctx.req, limitBytes).catch((error: unknown) =>
    refuse(error as Error, ctx, limitBytes),
  );
  assertDigest(ctx.state.signature?.contentDigest ?? '', bytes);
  return Object.create(ctx, { req: { value: requestOf(bytes, ctx.req) } }) as Context;
}

/** Whether nothing was sent that would be read. */
export function isWithoutBody(ctx: ApiContext): boolean {
  return ctx.request.length === 0 || (ctx.is() === null && !ctx.get('Transfer-Encoding'));
}

function assertJson(ctx: ApiContext): void {
  const charset = CHARSET.exec(ctx.get('Content-Type'))?.[1]?.toLowerCase() ?? 'utf-8';
  if (ctx.is('application/json') && (charset === 'utf-8' || charset === 'utf8')) return;
  throw new Problem('unsupported-media-type', { detail: 'Send application/json in UTF-8.' });
}

function readParsed(ctx: ApiContext): unknown {
  const { rawBody, body } = ctx.request as unknown as { rawBody: string; body: unknown };
  // The decoder replaces bytes that are not UTF-8 with U+FFFD: Shift_JIS must not become a garbled description.
  if (rawBody.includes('\uFFFD')) throw new Problem('invalid-json', { detail: 'The body is not UTF-8.' });
  if (isDeeperThan(body, MAX_LEVELS)) {
    throw new Problem('invalid-request', {
      detail: `The body is nested more than ${MAX_LEVELS} levels deep.`,
    });
  }
  if (namesTwice(rawBody, body)) {
    throw new Problem('invalid-json', { detail: 'An object contains a member twice.' });
  }
  return withExactNumbers(rawBody, body);
}

function refuse(error: Error, ctx: Context, limitBytes: number): never {
  const { status, type } = error as Error & { status?: number; type?: string };
  if (status === 413) {
    // The rest of the body is not read, so the connection closes with the response.
    ctx.set('Connection', 'close');
    throw new Problem('body-too-large', {
      detail: `At most ${limitBytes} bytes.`,
      facts: { limit_bytes: limitBytes },
    });
  }
  if (status === 415) throw new Problem('unsupported-media-type', { detail: 'Unknown content encoding.' });
  throw new Problem('invalid-json', type === undefined ? {} : { detail: 'The body did not arrive whole.' });
}
