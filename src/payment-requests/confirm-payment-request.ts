import type { Actor } from '../access/actor.ts';
import { offeredTo } from '../access/owned-by.ts';
import { authorizePending } from '../charges/authorize-charge.ts';
import { Charge } from '../charges/charge.entity.ts';
import { lockCharge } from '../charges/lock-charge.ts';
import { Checkout } from '../checkout/checkout.entity.ts';
import { decideCheckout } from '../checkout/decide-checkout.ts';
import type { ConfirmedOnPage } from '../checkout/record-confirmation.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { publicId } from '../shared/public-id.rules.ts';
import { Problem } from '../shared/problem.ts';
import { addressedRows } from './addressed-to.ts';
import { lockPaymentRequest } from './lock-payment-request.ts';
import { paymentRequestEvent } from './payment-request-event.rules.ts';
import type { PaymentRequest } from './payment-request.entity.ts';

interface Confirming {
  readonly id: string;
  /** What the person confirmed on the page. */
  readonly confirmation?: ConfirmedOnPage | undefined;
}

/**
 * Records that the addressee, whose line and person have been proven, pays a request: it becomes an ordinary one-time charge that is
 * captured in the same transaction, under the same limits. Confirming again changes nothing; of a confirmation and a withdrawal at
 * once, one wins.
 * @throws Problem `payment-request-not-found` for somebody else's, `checkout-expired`, `illegal-state`, and those of `authorizeCharge`
 */
export function confirmPaymentRequest(
  deps: Deps,
  actor: Actor,
  { id, confirmation }: Confirming,
): Promise<Charge> {
  const { offered, buyer } = offeredTo(actor);
  return inTransaction(deps, async (tx) => {
    const request = await lockPaymentRequest(tx, addressedRows(buyer), id);
    if (!(await decideCheckout(tx, id, 'confirmed'))) {
      const earlier = await lockCharge(tx, offered, request.chargeId ?? '');
      if (earlier.subscriberId === buyer.subscriberId) return earlier;
      throw new Problem('illegal-state', { detail: 'Somebody else on the line has confirmed it already.' });
    }
    const charge = await openCharge(tx, request);
    await authorizePending(tx, { charge, buyer, confirmation });
    const endedAt = tx.clock.now();
    Object.assign(request, { state: 'confirmed', chargeId: charge.id, openUntil: null, endedAt });
    await tx.em.flush();
    await appendEvents(tx, [paymentRequestEvent('payment-request.confirmed', request)]);
    return charge;
  });
}

/** A charge as the company would have created it at this moment, with the page on which it is confirmed. */
async function openCharge(tx: InTransaction<Deps>, request: PaymentRequest): Promise<Charge> {
  const id = tx.ids.next();
  const { companyId, openUntil } = request;
  const charge = tx.em.create(Charge, { ...chargeOfRequest(request), id, createdAt: tx.clock.now() });
  const returnUrl = `${tx.config.publicOrigin}/my/payment-requests/${publicId('payment-request', request.id)}`;
  const page = { kind: 'charge', state: 'open', companyId, returnUrl, expiresAt: openUntil! } as const;
  tx.em.create(Checkout, { subjectId: id, ...page });
  await tx.em.flush();
  return charge;
}

/** What a request sells, as a pending charge that is not stored. */
export function chargeOfRequest(request: PaymentRequest) {
  const { id, companyId, serviceId, amountMinor, taxCode, description, reference, createdAt } = request;
  return {
    id,
    companyId,
    serviceId,
    kind: 'one_time',
    state: 'pending',
    amountMinor,
    taxCode,
    description,
    reference: reference ?? null,
    automaticCapture: true,
    createdAt,
    openUntil: request.openUntil ?? null,
  } as const;
}
