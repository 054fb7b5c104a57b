import { LockMode } from '@mikro-orm/mariadb';
import { recordAudit } from '../access/audit/record-audit.ts';
import type { Deps } from '../deps.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { getSellingTerms } from '../contracts/selling-terms.queries.ts';
import { getEntitlement, type Buyer } from '../lines/entitlement.queries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { Consent } from './consent.entity.ts';
import { assertConsentMove } from './consent.rules.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { effectiveState } from '../charges/effective-state.rules.ts';

/**
 * Records that a subscriber, whose line and person have been proven, agrees to usage charges of a service.
 * The same subscriber agreeing again changes nothing.
 * @throws Problem `checkout-expired`, `illegal-state`, `entitlement-ended`, and those of the seller.
 */
export function grantConsent(deps: Deps, input: { consentId: string; buyer: Buyer }): Promise<Consent> {
  return inTransaction(deps, async (tx) => {
    const { buyer } = input;
    const consent = await lockConsent(tx, { id: input.consentId });
    if (!(await decideCheckout(tx, consent.id, 'confirmed'))) return assertAgreedBy(consent, buyer);
    assertConsentMove(consent.state, 'active');
    const now = tx.clock.now();
    const businessDate = businessDateOf(now, tx.config.timeZone);
    await getSellingTerms(tx, {
      companyId: consent.companyId,
      service: { id: consent.serviceId },
      businessDate,
    });
    await getEntitlement(tx, buyer, businessDate);
    Object.assign(consent, { state: 'active', openUntil: null, ...buyer, agreedAt: now });
    await tx.em.flush();
    return consent;
  });
}

/** Records that the subscriber does not agree. Declining again changes nothing. */
export function declineConsent(deps: Deps, input: { consentId: string }): Promise<Consent> {
  return inTransaction(deps, async (tx) => {
    const consent = await lockConsent(tx, { id: input.consentId });
    if (!(await decideCheckout(tx, consent.id, 'declined'))) return consent;
    assertConsentMove(consent.state, 'declined');
    Object.assign(consent, { state: 'declined', openUntil: null, endedAt: tx.clock.now() });
    await tx.em.flush();
    return consent;
  });
}

/** Ends a consent for good: no usage charge is accepted under it any more. Ending again changes nothing. */
export function revokeConsent(deps: Deps, input: { companyId: number; consentId: string }): Promise<Consent> {
  return inTransaction(deps, async (tx) =>
    endLocked(tx, await lockConsent(tx, { id: input.consentId, companyId: input.companyId })),
  );
}

/** The same by the support centre, whichever company's consent it is; `actor` stands in the audit trail. */
export function endConsentForSupport(
  deps: Deps,
  input: { consentId: string; actor: string },
): Promise<Consent> {
  return inTransaction(deps, async (tx) => {
    const consent = await lockConsent(tx, { id: input.consentId });
    if (consent.state === 'ended') return consent;
    await endLocked(tx, consent);
    const subject = `consent:${consent.id}`;
    await recordAudit(tx, { actor: input.actor, action: 'consent.end', subject });
    return consent;
  });
}

async function endLocked(tx: InTransaction<Deps>, consent: Consent): Promise<Consent> {
  if (consent.state === 'ended') return consent;
  const endedAt = tx.clock.now();
  assertConsentMove(effectiveState(consent, endedAt), 'ended');
  Object.assign(consent, { state: 'ended', endedAt });
  await tx.em.flush();
  return consent;
}

async function lockConsent(
  tx: InTransaction<Deps>,
  where: { id: string; companyId?: number },
): Promise<Consent> {
  const consent = await tx.em.findOne(Consent, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!consent) throw new Problem('consent-not-found');
  return consent;
}

function assertAgreedBy(consent: Consent, buyer: Buyer): Consent {
  if (consent.subscriberId === buyer.subscriberId) return consent;
  throw new Problem('illegal-state', { detail: 'Somebody else has agreed already.' });
}
