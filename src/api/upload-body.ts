import type { Deps } from '../deps.ts';
import { readArriving } from '../http/arriving-body.ts';
import { uploadBounds, whileUploading } from '../http/slow-upload.ts';
import { Problem } from '../shared/problem.ts';
import type { ApiContext, ApiStep } from './api-context.ts';
import type { UploadRequest } from './define-endpoint.ts';
import { checkDigest, type DigestCheck } from './signatures/content-digest.rules.ts';

/**
 * Stores a file that is sent as the body while it arrives, and puts what stands for it into `ctx.state.body`. Unless the rest of the
 * request takes it, it is discarded. Whether two requests are the same goes by its hash (`ctx.state.fingerprint`). That of a signed
 * request must have the digest that was signed.
 */
export function uploadBody(deps: Deps, { mediaType, maxBytes, store, discard }: UploadRequest): ApiStep {
  return async (ctx, next) => {
    const fault = findFault(ctx, { mediaType, maxBytes });
    if (fault) {
      // The body is not read, so the connection closes with the response.
      ctx.set('Connection', 'close');
      throw fault;
    }
    const stored = await whileUploading(ctx.req, uploadBounds, () => receive());
    ctx.state.body = stored;
    ctx.state.fingerprint = { sha256: stored.contentHash, query: ctx.querystring };
    try {
      await next();
    } finally {
      await discard(deps, ctx.state.actor, stored);
    }

    async function receive() {
      let kept: Awaited<ReturnType<typeof store>> | undefined;
      // Ended early, the stream stays open: the answer is still sent.
      const arriving = ctx.req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
      const digest = ctx.state.signature && checkDigest(ctx.state.signature.contentDigest ?? '');
      const content = digest ? hashed(arriving, digest) : arriving;
      try {
        await readArriving(ctx, async () => {
          kept = await store(deps, ctx.state.actor, content);
        });
        digest?.assertEqual();
      } catch (error) {
        ctx.set('Connection', 'close');
        if (kept) await discard(deps, ctx.state.actor, kept);
        throw error;
      }
      return kept!;
    }
  };
}

/** The parts of a file of a signed request, as they go by. */
async function* hashed(content: AsyncIterable<Buffer>, digest: DigestCheck): AsyncGenerator<Buffer> {
  for await (const chunk of content) {
    digest.update(chunk);
    yield chunk;
  }
}

/** What is wrong with a file before its first byte. */
function findFault(
  ctx: ApiContext,
  { mediaType, maxBytes }: Pick<UploadRequest, 'mediaType' | 'maxBytes'>,
): Problem | undefined {
  if (!ctx.is(mediaType))
    return new Problem('unsupported-media-type', { detail: `Send ${mediaType} in UTF-8.` });
  if (!['', 'identity'].includes(ctx.get('Content-Encoding')))
    return new Problem('unsupported-media-type', { detail: 'Send the file without a content encoding.' });
  if ((ctx.request.length ?? 0) <= maxBytes) return undefined;
  const facts = { limit_bytes: maxBytes };
  return new Problem('body-too-large', { detail: `At most ${maxBytes} bytes.`, facts });
}
