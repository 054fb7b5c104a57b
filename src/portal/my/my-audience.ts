import type { SubscriberActor } from '../../access/actor.ts';
import { isProofFresh } from '../../identity/person-proof.rules.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import type { PortalAudience, SignedInPerson } from '../kit/define-portal.ts';
import type { Visit } from '../kit/visit.ts';
import { findSignedIn } from '../signed-in.ts';
import { isOnLineNow, wasOnLine } from './line-presence.ts';

/** Subscribers and their pages. */
export const myAudience: PortalAudience = {
  name: 'subscriber',
  signInPath: '/my/sign-in',
  signOutPath: '/my/sign-out',
  stepUpPath: '/my/step-up',
  find: findSubscriber,
};

/**
 * The signed-in subscriber, looked up with each request. A password or a passkey alone opens nothing: the browser is connected through the
 * line, or a code was mailed to its holder. The line is asked for again from time to time, and when the address changes. It proves
 * nothing of people whose tenure has ended: it is another's now.
 */
async function findSubscriber(deps: ServiceDeps, visit: Visit): Promise<SignedInPerson | undefined> {
  const subscriber = await findSignedIn(deps, visit, { admitsFormer: true });
  if (!subscriber) return undefined;
  if (!subscriber.isEntitled) return visit.session.byMailCode && formerPerson(subscriber);
  const isOnLine = await provesLine(deps, visit, subscriber);
  if (!isOnLine && !visit.session.byMailCode) return undefined;
  const { id: subscriberId, lineId, holderFrom, isHolder, displayName, passwordTemporary } = subscriber;
  const actor: SubscriberActor = { kind: 'subscriber', subscriberId, lineId, holderFrom, isHolder, isOnLine };
  const hasFreshFactor = isProofFresh(visit.session.provenAt, deps.clock.now());
  const mustGoTo = passwordTemporary ? '/my/new-password' : undefined;
  return { actor, label: displayName, mustGoTo, hasFreshFactor };
}

/** Changes nothing, not even a temporary password. */
function formerPerson(subscriber: SignedInSubscriber): SignedInPerson {
  const { id: subscriberId, lineId, holderFrom, isHolder, displayName: label, former } = subscriber;
  const person = { kind: 'subscriber', subscriberId, lineId, holderFrom, isHolder } as const;
  return { actor: { ...person, isOnLine: false, former }, label };
}

/** A session that was begun with a code does not ask for the line: the person has said to be elsewhere. */
async function provesLine(deps: ServiceDeps, visit: Visit, person: SignedInSubscriber): Promise<boolean> {
  const { session, address } = visit;
  if (wasOnLine(session, { lineId: person.lineId, address, now: deps.clock.now() })) return true;
  if (session.byMailCode || session.lineProof === undefined) return false;
  return isOnLineNow(deps, visit, person);
}
