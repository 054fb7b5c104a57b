import type { Deps } from '../deps.ts';
import { emOf } from '../database/transaction.ts';
import { Problem } from '../shared/problem.ts';
import { Consent } from './consent.entity.ts';

/** One consent of a company; another company's does not exist. @throws Problem `consent-not-found`. */
export async function getConsent(deps: Deps, companyId: number, consentId: string): Promise<Consent> {
  const consent = await emOf(deps).findOne(Consent, { id: consentId, companyId });
  if (!consent) throw new Problem('consent-not-found');
  return consent;
}

/** A page of a company's consents, newest first. `after` is the last id of the page before. */
export function listConsents(
  deps: Deps,
  list: {
    companyId: number;
    limit: number;
    after?: string | undefined;
    state?: Consent['state'] | undefined;
  },
): Promise<Consent[]> {
  const { companyId, limit, after, state } = list;
  return emOf(deps).find(
    Consent,
    {
      companyId,
      ...(after === undefined ? {} : { id: { $lt: after } }),
      ...(state === undefined ? {} : { state }),
    },
    {
      orderBy: { id: 'desc' },
      limit,
      // As with charges: reading all companies' backwards must not be thought of.
      indexHint: `FORCE INDEX (${state === undefined ? 'consent_of_company' : 'consent_of_state'})`,
    },
  );
}
