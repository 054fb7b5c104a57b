import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { keysetList } from '../database/keyset-list.ts';
import { emOf } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Consent } from './consent.entity.ts';
import { dependsOnTime, findIdsInState } from '../charges/effective-state.queries.ts';

/** One consent. @throws Problem `consent-not-found`. */
export async function getConsent(deps: Deps, actor: Actor, consentId: string): Promise<Consent> {
  const owned = ownedBy(actor, 'consents:read');
  const consent = await emOf(deps).findOne(Consent, { $and: [owned.rows, { id: consentId }] });
  if (!consent) throw new Problem('consent-not-found');
  return consent;
}

/** A page of consents in the state in which they are read now, newest first. `after` is the last id of the page before. */
export async function listConsents(
  deps: Deps,
  actor: Actor,
  list: {
    limit: number;
    after?: string | undefined;
    state?: Consent['state'] | undefined;
  },
): Promise<Consent[]> {
  const owned = ownedBy(actor, 'consents:read');
  const { after, state } = list;
  if (state !== undefined && dependsOnTime(state)) {
    const ids = await findIdsInState(deps, 'consent', owned, { ...list, state });
    return emOf(deps).find(Consent, { id: { $in: ids } }, { orderBy: { id: 'desc' } });
  }
  return await emOf(deps).find(
    Consent,
    {
      ...owned.rows,
      ...(after === undefined ? {} : { id: { $lt: after } }),
      ...(state === undefined ? {} : { state }),
    },
    keysetList('consent', owned, list),
  );
}
