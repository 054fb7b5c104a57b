import { effectiveState } from '../../charges/effective-state.rules.ts';
import type { Checkout } from '../../checkout/checkout.entity.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import { addOutcome } from './return-address.rules.ts';

/** How far a checkout has come; past `open` nothing can be decided any more. */
export type EffectiveCheckoutState = 'open' | 'confirmed' | 'declined' | 'withdrawn' | 'expired';

/** An open checkout whose time has run out is expired, whether or not the night has noted it. */
export function effectiveCheckoutState(
  { state, expiresAt }: Pick<Checkout, 'state' | 'expiresAt'>,
  now: Date,
): EffectiveCheckoutState {
  return state === 'open' && expiresAt <= now ? 'expired' : state;
}

/** What the company's site is told in `tabane_state`; the truth is in the API. */
function returnState(opened: Pick<OpenedCheckout, 'checkout' | 'subject'>, now: Date): string {
  const standing = effectiveCheckoutState(opened.checkout, now);
  return standing === 'confirmed' ? effectiveState(opened.subject.row, now) : standing;
}

/**
 * The company's return address with the outcome added: `tabane_id` and `tabane_state`. Anybody can type such
 * an address, so the company must ask the API before it delivers.
 */
export function returnAddress(opened: OpenedCheckout, now: Date): string {
  return addOutcome(opened.checkout.returnUrl, {
    tabane_id: opened.publicId,
    tabane_state: returnState(opened, now),
  });
}
