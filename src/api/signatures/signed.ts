import type { Deps } from '../../deps.ts';
import { Problem } from '../../shared/problem.ts';
import { isSignedBy } from '../../signing-keys/public-key.rules.ts';
import { findVerifyingKey } from '../../signing-keys/signing-key.queries.ts';
import { takeNonce } from '../../signing-keys/use-nonce.ts';
import type { ApiContext, ApiStep } from '../api-context.ts';
import { isWithoutBody } from '../json-body.ts';
import { buildSignatureBase, headerOf } from './signature-base.rules.ts';
import {
  assertCovers,
  assertInTime,
  MAX_SIGNATURE_AGE_SECONDS,
  readSignature,
  type SentSignature,
} from './signature-input.rules.ts';
import { signatureRefusal } from './signature-refusal.ts';
import type { VerifiedSignature } from './verified-signature.ts';

/**
 * Verifies the signature of a request (RFC 9421) with a key of the company that sent it. A request without one passes, unless its API
 * key or the contract asks for it. Sets `ctx.state.signature`: the body is compared when it is read, and the nonce is used after that.
 */
export function signed(deps: Deps): ApiStep {
  return async (ctx, next) => {
    const { 'signature-input': signatureInput, signature } = ctx.req.headers;
    if (signatureInput === undefined && signature === undefined) {
      if (ctx.state.mustSign) throw new Problem('signature-required', { detail: HOW_TO_SIGN });
    } else ctx.state.signature = await verify(deps, ctx);
    await next();
  };
}

const HOW_TO_SIGN =
  'Sign the request with a key that your company has registered, as the reference describes (RFC 9421).';

/** Refuses a signature whose nonce was used: the last check before a request takes effect. */
export function refuseReplayed(deps: Deps): ApiStep {
  return async ({ state }, next) => {
    if (state.signature && !(await takeNonce(deps, state.signature)))
      throw signatureRefusal(
        'nonce-used',
        'The nonce was used: sign each request by itself, a repetition too.',
      );
    await next();
  };
}

async function verify(deps: Deps, ctx: ApiContext): Promise<VerifiedSignature> {
  const { rawHeaders } = ctx.req;
  const sent = readSignature({
    signatureInput: headerOf(rawHeaders, 'signature-input') ?? '',
    signature: headerOf(rawHeaders, 'signature') ?? '',
  });
  assertCovers(sent.components, {
    hasBody: ctx.method !== 'GET' && !isWithoutBody(ctx),
    hasIdempotencyKey: ctx.get('Idempotency-Key') !== '',
  });
  assertInTime(sent.createdSeconds, deps.clock.now());
  await assertGenuine(deps, ctx, sent);
  const isDigestCovered = sent.components.includes('content-digest');
  return {
    signingKeyId: sent.keyId,
    nonce: sent.nonce,
    lastAcceptedAt: new Date((sent.createdSeconds + MAX_SIGNATURE_AGE_SECONDS) * 1_000),
    contentDigest: isDigestCovered ? headerOf(rawHeaders, 'content-digest') : undefined,
  };
}

/** One answer for all that may be wrong with key and signature. */
async function assertGenuine(deps: Deps, ctx: ApiContext, sent: SentSignature): Promise<void> {
  const { origin } = new URL(deps.config.publicOrigin);
  const { method, rawHeaders } = ctx.req;
  const target = targetOf(ctx.req.url ?? '/');
  const base = buildSignatureBase({ method: method ?? '', origin, target, rawHeaders }, sent);
  const key = await findVerifyingKey(deps, { companyId: ctx.state.company.id, keyId: sent.keyId });
  const isOfKey = key !== undefined && (sent.algorithm ?? key.algorithm) === key.algorithm;
  if (isOfKey && isSignedBy(key, base, sent.bytes)) return;
  throw signatureRefusal(
    'key-or-signature',
    'The signature does not match the request with a signing key of your company that is in force.',
  );
}

/** Path and query, also of a target that is an absolute address. */
function targetOf(url: string): string {
  return /^https?:/i.test(url) ? url.replace(/^https?:\/\/[^/?]*/i, '') : url;
}
