import type { Context } from 'koa';
import type { ServiceDeps } from '../../deps.ts';
import { requestIdOf } from '../../http/request-id.ts';
import { sessionOf, type LineProof } from '../../identity/page-sessions.ts';
import type { SubscriberStanding } from '../../identity/subscriber.queries.ts';
import type { LineCheckOutcome } from '../../radius/line-check.ts';

/** How long a line, once proven, need not be proven again on the same page from the same address. */
export const LINE_PROOF_MS = 5 * 60_000;

/**
 * Proves that this browser reaches us through the subscriber's line. The proof is good for this session, this
 * checkout, this line and this address, and only for minutes; everything else asks the AAA servers anew.
 * Only `accepted` lets anybody go on.
 */
export async function proveLine(
  deps: ServiceDeps,
  ctx: Context,
  { checkout, subscriber }: { checkout: string; subscriber: SubscriberStanding },
): Promise<LineCheckOutcome['kind']> {
  const session = sessionOf(ctx);
  const wanted = { checkout, lineId: subscriber.lineId, address: ctx.ip };
  if (isStillGood(session.lineProof, wanted, deps.clock.now())) return 'accepted';
  delete session.lineProof;
  const outcome = await deps.lineCheck.check({ lineId: wanted.lineId, address: wanted.address });
  if (outcome.kind === 'accepted') {
    session.lineProof = { ...wanted, provenAt: deps.clock.now().getTime() };
  } else {
    const facts = { requestId: requestIdOf(ctx), outcome: outcome.kind, reason: outcome.reason };
    deps.log.info(facts, 'line-not-proven');
  }
  return outcome.kind;
}

/** Whether an earlier proof still holds. */
export function isStillGood(
  proof: LineProof | undefined,
  wanted: Omit<LineProof, 'provenAt'>,
  now: Date,
): boolean {
  if (!proof) return false;
  const ageMs = now.getTime() - proof.provenAt;
  const isFresh = ageMs >= 0 && ageMs < LINE_PROOF_MS;
  const isSame =
    proof.checkout === wanted.checkout && proof.lineId === wanted.lineId && proof.address === wanted.address;
  return isFresh && isSame;
}
