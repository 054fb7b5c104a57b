import { LockMode } from '@mikro-orm/mariadb';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actorName, type Actor } from '../access/actor.ts';
import { offeredTo, ownedBy, type Owned } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { getTermsOfNewSale } from '../contracts/selling-terms.queries.ts';
import { getPurchaseEntitlement, type Buyer } from '../lines/entitlement.queries.ts';
import { assertPermitted } from '../safeguards/permitted-purchase.rules.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { appendEvents } from '../events/append-events.ts';
import { consentEvent } from './consent-event.rules.ts';
import { Consent } from './consent.entity.ts';
import { assertConsentMove } from './consent.rules.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { recordConfirmation, type ConfirmedOnPage } from '../checkout/record-confirmation.ts';
import { effectiveState } from '../charges/effective-state.rules.ts';

interface Granting {
  readonly consentId: string;
  /** What the buyer confirmed on the page; left out for a consent that was given on paper. */
  readonly confirmation?: ConfirmedOnPage | undefined;
}

/**
 * Records that a subscriber, whose line and person have been proven, agrees to usage charges of a service.
 * If the same subscriber agrees again, nothing changes.
 * @throws Problem `checkout-expired`, `illegal-state`, `entitlement-ended`, `line-not-eligible`, `company-blocked`, and those of the seller.
 */
export function grantConsent(
  deps: Deps,
  actor: Actor,
  { consentId, confirmation }: Granting,
): Promise<Consent> {
  const { offered, buyer } = offeredTo(actor);
  return inTransaction(deps, async (tx) => {
    const consent = await lockConsent(tx, offered, consentId);
    if (!(await decideCheckout(tx, consent.id, 'confirmed'))) return assertAgreedBy(consent, buyer);
    assertConsentMove(consent.state, 'active');
    const now = tx.clock.now();
    const businessDate = businessDateOf(now, tx.config.timeZone);
    const { companyId, serviceId, perChargeMaxMinor: amountMinor } = consent;
    await getTermsOfNewSale(tx, { companyId, service: { id: serviceId }, businessDate });
    assertPermitted(await getPurchaseEntitlement(tx, buyer, businessDate), { companyId, serviceId });
    Object.assign(consent, { state: 'active', openUntil: null, ...buyer, agreedAt: now });
    await tx.em.flush();
    const confirmed = { subjectKind: 'consent', subjectId: consent.id, companyId, amountMinor } as const;
    await recordConfirmation(tx, { ...confirmed, ...buyer }, confirmation);
    await appendEvents(tx, [consentEvent('consent.granted', consent)]);
    return consent;
  });
}

/** Records that the subscriber does not agree. Declining again changes nothing. */
export function declineConsent(
  deps: Deps,
  actor: Actor,
  { consentId }: { consentId: string },
): Promise<Consent> {
  const owned = ownedBy(actor, 'checkouts:decline');
  return inTransaction(deps, async (tx) => {
    const consent = await lockConsent(tx, owned, consentId);
    if (!(await decideCheckout(tx, consent.id, 'declined'))) return consent;
    assertConsentMove(consent.state, 'declined');
    Object.assign(consent, { state: 'declined', openUntil: null, endedAt: tx.clock.now() });
    await tx.em.flush();
    await appendEvents(tx, [consentEvent('consent.declined', consent)]);
    return consent;
  });
}

/**
 * Ends a consent for good: no usage charge is accepted under it any more. Ending again changes nothing. A person who
 * ends it leaves an audit row, an API key does not. @throws Problem `consent-not-found`, `illegal-state`,
 * `invalid-request`.
 */
export function revokeConsent(
  deps: Deps,
  actor: Actor,
  { consentId, reason }: { readonly consentId: string; readonly reason?: ActReason | undefined },
): Promise<Consent> {
  const owned = ownedBy(actor, 'consents:revoke');
  const facts = reasonFacts(reason);
  return inTransaction(deps, async (tx) => {
    const consent = await lockConsent(tx, owned, consentId);
    if (consent.state === 'ended') return consent;
    const endedAt = tx.clock.now();
    assertConsentMove(effectiveState(consent, endedAt), 'ended');
    Object.assign(consent, { state: 'ended', endedAt });
    await tx.em.flush();
    await appendEvents(tx, [consentEvent('consent.revoked', consent)]);
    const line = { actor: actorName(actor), action: 'consent.end', subject: `consent:${consent.id}`, facts };
    if (actor.kind !== 'company-key') await recordAudit(tx, line);
    return consent;
  });
}

async function lockConsent(tx: InTransaction<Deps>, owned: Owned, consentId: string): Promise<Consent> {
  const where = { $and: [owned.rows, { id: consentId }] };
  const consent = await tx.em.findOne(Consent, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!consent) throw new Problem('consent-not-found');
  return consent;
}

function assertAgreedBy(consent: Consent, buyer: Buyer): Consent {
  if (consent.subscriberId === buyer.subscriberId) return consent;
  throw new Problem('illegal-state', { detail: 'Somebody else has agreed already.' });
}
