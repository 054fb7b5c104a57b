import { actorName, type Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import type { Deps } from '../deps.ts';
import { reasonFacts, type ActReason } from '../access/audit/act-reason.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { appendEvents } from '../events/append-events.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { releaseHolds } from '../limits/tenure-hold.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { chargeEndEvent } from './charge-event.rules.ts';
import { releaseEntry } from './charge-entries.rules.ts';
import type { Charge } from './charge.entity.ts';
import { assertTransition } from './charge.rules.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { effectiveState } from './effective-state.rules.ts';
import { lockCharge } from './lock-charge.ts';

/**
 * Cancels a charge that has not been captured: nothing will be billed, and what was reserved is free again. A charge that
 * is cancelled already stays as it is. What a person cancels leaves an audit row; a company's program leaves none.
 * @throws Problem `charge-not-found`, `illegal-state`, `invalid-request`.
 */
export function cancelCharge(
  deps: Deps,
  actor: Actor,
  { chargeId, reason }: { readonly chargeId: string; readonly reason?: ActReason | undefined },
): Promise<Charge> {
  const owned = ownedBy(actor, 'charges:cancel');
  const facts = reasonFacts(reason);
  return inTransaction(deps, async (tx) => {
    const charge = await lockCharge(tx, owned, chargeId);
    if (charge.state === 'cancelled') return charge;
    assertTransition(effectiveState(charge, tx.clock.now()), 'cancelled');
    if (charge.state === 'pending') await decideCheckout(tx, charge.id, 'withdrawn');
    const isCarrier = actor.kind === 'staff';
    await endCharge(tx, charge, { state: 'cancelled', by: isCarrier ? 'support' : 'company' });
    const line = { actor: actorName(actor), action: 'charge.cancel', subject: `charge:${charge.id}`, facts };
    if (actor.kind !== 'company-key') await recordAudit(tx, line);
    return charge;
  });
}

/** Records that the subscriber does not want a pending charge. Declining again changes nothing. */
export function declineCharge(deps: Deps, actor: Actor, { chargeId }: { chargeId: string }): Promise<Charge> {
  const owned = ownedBy(actor, 'checkouts:decline');
  return inTransaction(deps, async (tx) => {
    const charge = await lockCharge(tx, owned, chargeId);
    if (!(await decideCheckout(tx, charge.id, 'declined'))) return charge;
    assertTransition(charge.state, 'cancelled');
    return endCharge(tx, charge, { state: 'cancelled', by: 'subscriber' });
  });
}

interface Ending {
  readonly state: 'cancelled' | 'expired';
  readonly by: 'company' | 'subscriber' | 'support' | 'time';
}

/** Ends a locked charge that was not captured, and undoes what its authorization reserved. */
async function endCharge(tx: InTransaction<Deps>, charge: Charge, ending: Ending): Promise<Charge> {
  const { id, amountMinor, lineId, holderFrom } = charge;
  const endedAt = tx.clock.now();
  const businessDate = businessDateOf(endedAt, tx.config.timeZone);
  if (charge.state === 'authorized' && lineId != null && holderFrom != null) {
    await releaseHolds(tx, [{ chargeId: id, lineId, holderFrom, amountMinor }]);
    const kind = ending.state === 'expired' ? 'expiry' : 'cancellation';
    await postEntries(tx, [releaseEntry(kind, { id, businessDate, amountMinor })]);
  }
  Object.assign(charge, { state: ending.state, endedAt, endedBy: ending.by, openUntil: null });
  await tx.em.flush();
  await appendEvents(tx, [chargeEndEvent(charge, { ...ending, endedAt })]);
  return charge;
}
