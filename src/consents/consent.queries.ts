import type { Deps } from '../deps.ts';
import { keysetList } from '../database/keyset-list.ts';
import { emOf } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Consent } from './consent.entity.ts';
import { dependsOnTime, findIdsInState } from '../charges/effective-state.queries.ts';

/** One consent of a company; another company's does not exist. @throws Problem `consent-not-found`. */
export async function getConsent(deps: Deps, companyId: number, consentId: string): Promise<Consent> {
  const consent = await emOf(deps).findOne(Consent, { id: consentId, companyId });
  if (!consent) throw new Problem('consent-not-found');
  return consent;
}

/** A page of a company's consents in the state in which they are read now, newest first. `after` is the last id of the page before. */
export async function listConsents(
  deps: Deps,
  list: {
    companyId: number;
    limit: number;
    after?: string | undefined;
    state?: Consent['state'] | undefined;
  },
): Promise<Consent[]> {
  const { companyId, after, state } = list;
  if (state !== undefined && dependsOnTime(state)) {
    const ids = await findIdsInState(deps, 'consent', { ...list, state });
    return emOf(deps).find(Consent, { id: { $in: ids } }, { orderBy: { id: 'desc' } });
  }
  return await emOf(deps).find(
    Consent,
    {
      companyId,
      ...(after === undefined ? {} : { id: { $lt: after } }),
      ...(state === undefined ? {} : { state }),
    },
    keysetList('consent', list),
  );
}
