import type { Context } from 'koa';
import type { Deps } from '../deps.ts';
import { renewSession, sessionOf } from '../identity/page-sessions.ts';
import { credentialMark, findById, type SubscriberStanding } from '../identity/subscriber.queries.ts';

/** Begins a session of somebody who has just proven who they are. */
export function beginSession(ctx: Context, subscriber: SubscriberStanding): Promise<void> {
  return renewSession(ctx, { subscriberId: subscriber.id, credential: credentialMark(subscriber) });
}

/** Ends the session; the next page begins another. */
export function endSession(ctx: Context): Promise<void> {
  return renewSession(ctx, {});
}

/**
 * Who is signed in, looked up anew with every request: undefined as soon as the ID has ended, the line has
 * moved to another holder, or the password was set anew.
 */
export async function findSignedIn(deps: Deps, ctx: Context): Promise<SubscriberStanding | undefined> {
  const { subscriberId, credential } = sessionOf(ctx);
  if (subscriberId === undefined) return undefined;
  const subscriber = await findById(deps, subscriberId);
  if (!subscriber?.isEntitled || credentialMark(subscriber) !== credential) {
    await endSession(ctx);
    return undefined;
  }
  return subscriber;
}
