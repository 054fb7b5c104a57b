import type { ServiceDeps } from '../../service-deps.ts';
import { recordRefusalBy } from '../../checkout/record-refusal.ts';
import { Problem } from '../../shared/problem.ts';
import type { Locale } from '../../shared/money.ts';
import type { Visit } from '../kit/visit.ts';
import { findSignedIn } from '../signed-in.ts';
import { confirmSubject } from './checkout-actions.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import { confirmedOnPage } from './confirmed-on-page.ts';
import { effectiveCheckoutState } from './effective-checkout-state.rules.ts';
import { proveLine } from './line-proof.ts';
import { assertForPerson, isProofRecent, openCheckoutOf, type CheckoutParams } from './load-checkout.ts';
import { buyerOf, findHistory, isAsShown, previewFor } from './shown-order.ts';

interface Confirming {
  readonly params: CheckoutParams;
  readonly visit: Visit;
  /** The language of the page that was confirmed. */
  readonly shownIn: Locale;
}

/**
 * Checks both proofs again and that the page showed the current order, then purchases. Returns also when there is nothing to
 * do here: the page then shows what is missing or how the checkout ended. A second click, another tab or a replay finds the
 * purchase complete.
 * @throws Problem `order-changed`, and the refusals of the use cases while the checkout stays open.
 */
export async function confirmPurchase(
  deps: ServiceDeps,
  { params, visit, shownIn }: Confirming,
): Promise<void> {
  const opened = await openCheckoutOf(deps, params);
  const subscriber = await findSignedIn(deps, visit);
  if (!subscriber || !isProofRecent(deps, opened, visit) || !isOpen(deps, opened)) return;
  assertForPerson(opened, subscriber);
  const proving = { checkout: opened.publicId, subscriber, leaveRefusal: true };
  const line = await proveLine(deps, visit, proving);
  if (line.kind !== 'accepted') return;
  // Looks ahead first: what another tab has confirmed since then counts as confirmed, not as changed.
  const history = await findHistory(deps, opened, subscriber);
  const { buyer, problem } = await previewFor(deps, { opened, history }, subscriber);
  const current = await openCheckoutOf(deps, params);
  if (!isOpen(deps, current)) return;
  if (problem) {
    await recordRefusalBy(deps, current.subject.row.id, problem);
    throw problem;
  }
  const offer = { opened: current, buyer };
  if (!isAsShown(deps, offer, visit.shown)) throw new Problem('order-changed');
  const confirmation = confirmedOnPage(deps, visit, { offer, person: subscriber, line, shownIn });
  const { freeMonthsLeft } = history;
  try {
    await confirmSubject(deps, buyerOf(subscriber), current, { freeMonthsLeft, confirmation });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    if (!isOpen(deps, await openCheckoutOf(deps, params))) return;
    await recordRefusalBy(deps, current.subject.row.id, error);
    throw error;
  }
}

function isOpen({ clock }: ServiceDeps, { checkout }: OpenedCheckout): boolean {
  return effectiveCheckoutState(checkout, clock.now()) === 'open';
}
