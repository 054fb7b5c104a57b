import type { Deps } from '../deps.ts';
import type { PageSession } from '../identity/page-session.ts';
import { credentialMark, findById, type SignedInSubscriber } from '../identity/subscriber.queries.ts';
import { hasPasskey } from '../identity/own-passkeys.ts';
import { passkeyRef } from '../identity/passkeys.ts';
import type { PortalAudience } from './kit/define-portal.ts';
import type { Visit } from './kit/visit.ts';

/** A passkey that has just proven its owner, as its browser names it; undefined for issued ID and password. */
export type UsedPasskey = { readonly id: string } | undefined;

/** The content of a session for a subscriber who has just proven to be that person. */
export function provenSession(
  { clock }: Pick<Deps, 'clock'>,
  subscriber: SignedInSubscriber,
  passkey?: UsedPasskey,
) {
  const now = clock.now().getTime();
  const way = passkey
    ? ({ provenBy: 'passkey', passkey: passkeyRef(passkey.id) } as const)
    : ({ provenBy: 'password' } as const);
  const credential = credentialMark(subscriber);
  return { startedAt: now, subscriberId: subscriber.id, credential, provenAt: now, ...way };
}

/** Starts a session for a subscriber who has just signed in with issued ID and password, or with a passkey. */
export function beginSession(
  deps: Pick<Deps, 'clock'>,
  visit: Visit,
  { subscriber, passkey }: { readonly subscriber: SignedInSubscriber; readonly passkey?: UsedPasskey },
): Promise<void> {
  return visit.startSession(provenSession(deps, subscriber, passkey));
}

/** What a session continues with under a new key: where the person is, proven by the line or a mailed code. */
export function placeOf({ session: { lineProof, byMailCode } }: Pick<Visit, 'session'>) {
  return { ...(lineProof && { lineProof }), ...(byMailCode && { byMailCode }) };
}

/** Continues a session under a new key with everything that it has proven; `over` is added. */
export function continueSession(
  { clock }: Pick<Deps, 'clock'>,
  visit: Visit,
  over: Pick<PageSession, 'byMailCode'> = {},
): Promise<void> {
  const { subscriberId, credential, provenBy, provenAt, passkey } = visit.session;
  const { startedAt = clock.now().getTime() } = visit.session;
  return visit.startSession({
    startedAt,
    ...(subscriberId !== undefined && { subscriberId }),
    ...(credential !== undefined && { credential }),
    ...(provenBy !== undefined && { provenBy }),
    ...(provenAt !== undefined && { provenAt }),
    ...(passkey !== undefined && { passkey }),
    ...placeOf(visit),
    ...over,
  });
}

interface Admitted {
  /** Also people of a former tenure of the line (`former`), for whom the caller opens only what they may read. */
  readonly admitsFormer?: true;
}

/**
 * The subscriber of a session, whose password is still the proven one. The session ends as soon as the ID has ended, the line
 * has another holder, the password has been changed, or the passkey that opened it has been removed. That of a former tenure stays
 * for those who admit it, and is nobody's elsewhere.
 */
export async function findSignedIn(
  deps: Deps,
  visit: Visit,
  { admitsFormer }: Admitted = {},
): Promise<SignedInSubscriber | undefined> {
  const { subscriberId, credential, passkey } = visit.session;
  if (subscriberId === undefined) return undefined;
  const subscriber = await findById(deps, subscriberId);
  const isProven =
    subscriber !== undefined &&
    credentialMark(subscriber) === credential &&
    (passkey === undefined || (await hasPasskey(deps, subscriberId, passkey)));
  if (isProven && subscriber.isEntitled) return subscriber;
  if (isProven && subscriber.former) return admitsFormer && subscriber;
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
