import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Consent } from './consent.entity.ts';
import { listInEffectiveState, type ListRequest } from '../charges/effective-list.queries.ts';

/** One consent. @throws Problem `consent-not-found`. */
export async function getConsent(deps: Deps, actor: Actor, consentId: string): Promise<Consent> {
  const owned = ownedBy(actor, 'consents:read');
  const consent = await emOf(deps).findOne(Consent, { $and: [owned.rows, { id: consentId }] });
  if (!consent) throw new Problem('consent-not-found');
  return consent;
}

/** A page of consents, newest first. */
export function listConsents(
  deps: Deps,
  actor: Actor,
  list: ListRequest<Consent['state']>,
): Promise<Consent[]> {
  const owned = ownedBy(actor, 'consents:read');
  return listInEffectiveState(deps, { entity: Consent, table: 'consent', owned }, list);
}
