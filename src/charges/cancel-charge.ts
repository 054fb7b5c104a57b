import type { Deps } from '../deps.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { releaseHolds } from '../limits/tenure-hold.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { releaseEntry } from './charge-entries.rules.ts';
import type { Charge } from './charge.entity.ts';
import { assertTransition } from './charge.rules.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { effectiveState } from './effective-state.rules.ts';
import { lockCharge } from './lock-charge.ts';

/**
 * Cancels a charge of a company that has not been captured: nothing will be billed, and what was reserved is free again.
 * A charge that is cancelled already stays as it is. @throws Problem `charge-not-found`, `illegal-state`.
 */
export function cancelCharge(deps: Deps, input: { companyId: number; chargeId: string }): Promise<Charge> {
  return inTransaction(deps, async (tx) =>
    cancelLocked(tx, await lockCharge(tx, input.chargeId, input.companyId), 'company'),
  );
}

/** The same by the support centre, whichever company's charge it is; `actor` stands in the audit trail. */
export function cancelChargeForSupport(
  deps: Deps,
  input: { chargeId: string; actor: string },
): Promise<Charge> {
  return inTransaction(deps, async (tx) => {
    const charge = await lockCharge(tx, input.chargeId);
    if (charge.state === 'cancelled') return charge;
    await cancelLocked(tx, charge, 'support');
    const subject = `charge:${charge.id}`;
    await recordAudit(tx, { actor: input.actor, action: 'charge.cancel', subject });
    return charge;
  });
}

async function cancelLocked(
  tx: InTransaction<Deps>,
  charge: Charge,
  by: 'company' | 'support',
): Promise<Charge> {
  if (charge.state === 'cancelled') return charge;
  assertTransition(effectiveState(charge, tx.clock.now()), 'cancelled');
  if (charge.state === 'pending') await decideCheckout(tx, charge.id, 'withdrawn');
  return endCharge(tx, charge, { state: 'cancelled', by });
}

/** Records that the subscriber does not want a pending charge. Declining again changes nothing. */
export function declineCharge(deps: Deps, input: { chargeId: string }): Promise<Charge> {
  return inTransaction(deps, async (tx) => {
    const charge = await lockCharge(tx, input.chargeId);
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
  return charge;
}
