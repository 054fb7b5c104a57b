import type { Deps } from '../deps.ts';
import { credentialMark, findById, type SignedInSubscriber } from '../identity/subscriber.queries.ts';
import type { PortalAudience } from './kit/define-portal.ts';
import type { Visit } from './kit/visit.ts';

/** Starts a session for a subscriber who has just signed in with issued ID and password. */
export function beginSession(
  { clock }: Pick<Deps, 'clock'>,
  visit: Visit,
  subscriber: SignedInSubscriber,
): Promise<void> {
  return visit.startSession({
    startedAt: clock.now().getTime(),
    subscriberId: subscriber.id,
    credential: credentialMark(subscriber),
    provenBy: 'password',
  });
}

/**
 * The subscriber of a session, whose password is still the proven one. The session ends as soon as the ID has ended, the line
 * has another holder, or the password has been changed.
 */
export async function findSignedIn(deps: Deps, visit: Visit): Promise<SignedInSubscriber | undefined> {
  const { subscriberId, credential } = visit.session;
  if (subscriberId === undefined) return undefined;
  const subscriber = await findById(deps, subscriberId);
  if (subscriber?.isEntitled && credentialMark(subscriber) === credential) return subscriber;
  visit.endSession();
  return undefined;
}

/** A subscriber at a page that proves the line by itself: nothing is known of the connection yet. */
export const findSubscriber: PortalAudience['find'] = async (deps, visit) => {
  const subscriber = await findSignedIn(deps, visit);
  if (!subscriber) return undefined;
  const { id, lineId, holderFrom, isHolder, displayName } = subscriber;
  const actor = {
    kind: 'subscriber',
    subscriberId: id,
    lineId,
    holderFrom,
    isHolder,
    isOnLine: false,
  } as const;
  return { actor, label: displayName };
};
