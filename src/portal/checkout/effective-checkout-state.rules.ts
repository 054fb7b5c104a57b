import { effectiveState } from '../../charges/effective-state.rules.ts';
import type { Checkout } from '../../checkout/checkout.entity.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import { addOutcome } from './return-address.rules.ts';

/** The state of a checkout. Only an `open` one can be decided. */
export type EffectiveCheckoutState = 'open' | 'confirmed' | 'declined' | 'withdrawn' | 'expired';

/** An open checkout past its time is expired, whether or not a nightly job has recorded it. */
export function effectiveCheckoutState(
  { state, expiresAt }: Pick<Checkout, 'state' | 'expiresAt'>,
  now: Date,
): EffectiveCheckoutState {
  return state === 'open' && expiresAt <= now ? 'expired' : state;
}

/** The value of `tabane_state` for the company's site, which must read the API to be sure. */
function returnState(opened: Pick<OpenedCheckout, 'checkout' | 'subject'>, now: Date): string {
  const state = effectiveCheckoutState(opened.checkout, now);
  return state === 'confirmed' ? effectiveState(opened.subject.row, now) : state;
}

/**
 * The company's return address with the outcome added: `tabane_id` and `tabane_state`. Anybody can type such an address,
 * so the company must read the API before it delivers. From a payment request it leads to the addressee's own page of it.
 */
export function returnAddress(opened: OpenedCheckout, now: Date): string {
  if (opened.request) return opened.checkout.returnUrl;
  return addOutcome(opened.checkout.returnUrl, {
    tabane_id: opened.publicId,
    tabane_state: returnState(opened, now),
  });
}
