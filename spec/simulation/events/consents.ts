import { grantConsent, declineConsent, revokeConsent } from '../../../src/consents/grant-consent.ts';
import { createConsent } from '../../../src/consents/create-consent.ts';
import { recordUsageCharges } from '../../../src/charges/record-usage-charges.ts';
import type { UsageOutcome } from '../../../src/charges/usage.types.ts';
import type { SimEvent, Use } from '../history.ts';
import { planRequest } from '../plan/plan-request.ts';
import { DAY_MS, MINUTE_MS, type Planner } from '../plan/planner.ts';
import { planUses } from '../plan/plan-uses.ts';
import { chargeWords } from '../service/charge-words.ts';
import { SITE } from '../service/create-service.ts';
import type { Service } from '../service/service.ts';
import * as shadow from '../shadow/consents.ts';
import { NOTHING, refused } from '../shadow/outcome.ts';
import type { EventKinds } from './event-kind.ts';
import { keyOf, signedIn, visitorOf } from '../../support/actors.ts';

type ConsentKinds = 'offer-consent' | 'agree-consent' | 'decline-consent' | 'end-consent' | 'use';

/** A consent that is in no database. */
const NO_CONSENT = '00000000000000000000000000';

export const consentKinds: Pick<EventKinds, ConsentKinds> = {
  'offer-consent': {
    weight: 4,
    plan: planConsent,
    foresee: shadow.offerConsent,
    async perform({ deps, names }, { consent, company, service, max }) {
      const created = await createConsent(deps, keyOf(names.companies.idOf(company)!), {
        serviceCode: service,
        description: consent,
        perChargeMaxMinor: max === undefined ? undefined : BigInt(max),
        returnUrl: `${SITE}/agreed`,
      });
      names.consents.set(consent, created.id);
      return created.state;
    },
  },
  'agree-consent': {
    foresee: shadow.grantConsent,
    async perform({ deps, names }, { consent, subscriber }) {
      const [consentId, buyer] = [names.consents.idOf(consent), names.buyers.get(subscriber)];
      return consentId && buyer ? (await grantConsent(deps, signedIn(buyer), { consentId })).state : NOTHING;
    },
  },
  'decline-consent': {
    foresee: shadow.declineConsent,
    async perform({ deps, names }, { consent }) {
      const consentId = names.consents.idOf(consent);
      return consentId ? (await declineConsent(deps, visitorOf(consentId), { consentId })).state : NOTHING;
    },
  },
  'end-consent': {
    foresee: shadow.revokeConsent,
    async perform({ deps, names }, { consent, company }) {
      const consentId = names.consents.idOf(consent);
      const companyId = names.companies.idOf(company)!;
      return consentId ? (await revokeConsent(deps, keyOf(companyId), { consentId })).state : NOTHING;
    },
  },
  use: {
    weight: 30,
    plan: planUsing,
    foresee: shadow.useConsents,
    async perform({ deps, names }, { company, uses }) {
      const companyId = names.companies.idOf(company)!;
      const items = uses.map(({ use, consent, amount, taxCode, occurredAt, itemKey }) => ({
        itemKey,
        consentId: names.consents.idOf(consent) ?? NO_CONSENT,
        amountMinor: BigInt(amount),
        taxCode,
        description: use,
        occurredAt: occurredAt === undefined ? undefined : new Date(occurredAt),
      }));
      const outcomes = await recordUsageCharges(deps, keyOf(companyId), { items });
      return outcomes.map((outcome, index) => useWords(names, uses[index]!, outcome)).join('; ');
    },
  },
};

function useWords(names: Service['names'], { use }: Use, outcome: UsageOutcome): string {
  if (outcome.kind === 'refused') return refused(outcome.problem.code);
  names.charges.set(use, outcome.charge.id);
  return chargeWords(outcome.charge);
}

function planConsent(planner: Planner, atMs: number): void {
  const { random } = planner;
  const { subscriber } = random.pick(planner.subscribers);
  const consent = planner.name('k');
  const seller = planner.seller();
  const { company } = seller;
  planner.add(atMs, 'offer-consent', { consent, ...seller, ...(planner.oneIn(3) ? { max: 500 } : {}) });
  const decidedMs = atMs + random.below(31 * MINUTE_MS);
  if (planner.oneIn(8)) return planner.add(decidedMs, 'decline-consent', { consent });
  planner.add(decidedMs, 'agree-consent', { consent, subscriber });
  if (planner.oneIn(8)) planner.add(decidedMs + MINUTE_MS, 'agree-consent', { consent, subscriber });
  const ends = planner.oneIn(3);
  if (ends) planner.add(decidedMs + random.below(60 * DAY_MS), 'end-consent', { consent, company });
  if (!ends || planner.oneIn(2)) planner.consents.push({ consent, company, subscriber });
}

/** Some uses of one company's consents, at times in two requests at once. */
function planUsing(planner: Planner, atMs: number): void {
  const first = planUses(planner, atMs);
  if (!first) return;
  if (!planner.oneIn(10)) return planRequest(planner, atMs, { kind: 'use', body: first });
  const second = planUses(planner, atMs, first.company);
  const at = new Date(atMs).toISOString();
  const events = [first, second ?? first].map((body): SimEvent => ({ at, kind: 'use', body }));
  planner.add(atMs, 'at-once', { events });
}
