import type { SubscriberActor } from '../../access/actor.ts';
import type { PageSession } from '../../identity/page-session.ts';
import { credentialMark, findById } from '../../identity/subscriber.queries.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { PortalAudience, SignedInPerson } from '../kit/define-portal.ts';
import type { Visit } from '../kit/visit.ts';

/** Subscribers and their pages. */
export const myAudience: PortalAudience = {
  name: 'subscriber',
  signInPath: '/my/sign-in',
  signOutPath: '/my/sign-out',
  find: findSubscriber,
};

/**
 * The signed-in subscriber, looked up with each request: nobody as soon as the ID has ended, the line has another holder, or
 * the password has been changed.
 */
async function findSubscriber(deps: ServiceDeps, { session }: Visit): Promise<SignedInPerson | undefined> {
  const { subscriberId, credential } = session;
  if (subscriberId === undefined) return undefined;
  const subscriber = await findById(deps, subscriberId);
  if (!subscriber?.isEntitled || credentialMark(subscriber) !== credential) return undefined;
  const { id, lineId, holderFrom, isHolder, displayName } = subscriber;
  const actor: SubscriberActor = {
    kind: 'subscriber',
    subscriberId: id,
    lineId,
    holderFrom,
    isHolder,
    isOnLine: isOnLine(session),
  };
  return { actor, label: displayName };
}

/** Whether the line was proven at the sign-in; a session of the checkout has proven it for one purchase only. */
const isOnLine = (session: PageSession): boolean => session.isOnLine === true;
