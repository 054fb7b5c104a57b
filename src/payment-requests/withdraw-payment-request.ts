import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { actingCompany } from '../access/owned-by.ts';
import { effectiveState } from '../charges/effective-state.rules.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { Problem } from '../shared/problem.ts';
import { lockPaymentRequest } from './lock-payment-request.ts';
import { paymentRequestEvent } from './payment-request-event.rules.ts';
import type { PaymentRequest } from './payment-request.entity.ts';

/**
 * Takes back a request that nobody has decided yet. Of a withdrawal and a confirmation at once, one wins. Withdrawing again changes
 * nothing. @throws Problem `payment-request-not-found`, `illegal-state`
 */
export function withdrawPaymentRequest(
  deps: Deps,
  actor: Actor,
  { id }: { readonly id: string },
): Promise<PaymentRequest> {
  const companyId = actingCompany(actor, 'payment-requests:write');
  return inTransaction(deps, async (tx) => {
    const request = await lockPaymentRequest(tx, { companyId }, id);
    if (request.state === 'withdrawn') return request;
    const now = tx.clock.now();
    const state = effectiveState(request, now);
    if (state !== 'pending') throw new Problem('illegal-state', { facts: { state } });
    await decideCheckout(tx, id, 'withdrawn');
    Object.assign(request, { state: 'withdrawn', openUntil: null, endedAt: now });
    await tx.em.flush();
    await appendEvents(tx, [paymentRequestEvent('payment-request.withdrawn', request)]);
    const line = { actor: actorName(actor), action: 'payment-request.withdraw', facts: {} };
    if (actor.kind !== 'company-key') await recordAudit(tx, { ...line, subject: `payment-request:${id}` });
    return request;
  });
}
