import type { Actor } from '../access/actor.ts';
import { ownedBy } from '../access/owned-by.ts';
import { effectiveState } from '../charges/effective-state.rules.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { Problem } from '../shared/problem.ts';
import { addressedPerson, addressedRows } from './addressed-to.ts';
import { lockPaymentRequest } from './lock-payment-request.ts';
import { paymentRequestEvent } from './payment-request-event.rules.ts';
import type { PaymentRequest } from './payment-request.entity.ts';

/**
 * Records that the addressee does not pay, which the company learns: on their own pages, or on the purchase page. Declining again
 * changes nothing. @throws Problem `payment-request-not-found`, `illegal-state`
 */
export function declinePaymentRequest(
  deps: Deps,
  actor: Actor,
  { id }: { readonly id: string },
): Promise<PaymentRequest> {
  const rows = decidedBy(actor);
  return inTransaction(deps, async (tx) => {
    const request = await lockPaymentRequest(tx, rows, id);
    if (request.state === 'declined') return request;
    const now = tx.clock.now();
    const state = effectiveState(request, now);
    if (state !== 'pending') throw new Problem('illegal-state', { facts: { state } });
    await decideCheckout(tx, id, 'declined');
    Object.assign(request, { state: 'declined', openUntil: null, endedAt: now });
    await tx.em.flush();
    await appendEvents(tx, [paymentRequestEvent('payment-request.declined', request)]);
    return request;
  });
}

/** Somebody with the sealed address of the purchase page, or a person to whom it is addressed. */
function decidedBy(actor: Actor): Readonly<Record<string, unknown>> {
  if (actor.kind === 'visitor') return ownedBy(actor, 'checkouts:decline').rows;
  return addressedRows(addressedPerson(actor, 'own-payment-requests:decline'));
}
