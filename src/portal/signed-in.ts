import type { Context } from 'koa';
import type { Deps } from '../deps.ts';
import { removeSession, sessionOf, startSession } from '../identity/page-sessions.ts';
import { credentialMark, findById, type SignedInSubscriber } from '../identity/subscriber.queries.ts';

/** Starts a session for a subscriber who has just signed in with issued ID and password. */
export function beginSession(
  { clock }: Pick<Deps, 'clock'>,
  ctx: Context,
  subscriber: SignedInSubscriber,
): Promise<void> {
  const startedAt = clock.now().getTime();
  return startSession(ctx, {
    startedAt,
    subscriberId: subscriber.id,
    credential: credentialMark(subscriber),
    provenBy: 'password',
  });
}

/**
 * The signed-in subscriber, looked up with each request: undefined as soon as the ID has ended, the line has another
 * holder, or the password has been changed.
 */
export async function findSignedIn(deps: Deps, ctx: Context): Promise<SignedInSubscriber | undefined> {
  const { subscriberId, credential } = sessionOf(ctx);
  if (subscriberId === undefined) return undefined;
  const subscriber = await findById(deps, subscriberId);
  if (!subscriber?.isEntitled || credentialMark(subscriber) !== credential) {
    removeSession(ctx);
    return undefined;
  }
  return subscriber;
}
