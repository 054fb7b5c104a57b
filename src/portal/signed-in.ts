import type { Context } from 'koa';
import type { Deps } from '../deps.ts';
import { removeSession, sessionOf, startSession } from '../identity/page-sessions.ts';
import { credentialMark, findById, type SignedInSubscriber } from '../identity/subscriber.queries.ts';

/** Begins a session of somebody who has just proven who they are. */
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
  });
}

/**
 * Who is signed in, looked up anew with every request: undefined as soon as the ID has ended, the line has
 * moved to another holder, or the password was set anew.
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
