import type { Context } from 'koa';
import type { ServiceDeps } from '../../service-deps.ts';
import { signInFields, subscriberSignIn } from '../../identity/subscriber-strategy.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { Problem } from '../../shared/problem.ts';
import { formField } from '../../shared/form-field.ts';
import { removeSession } from '../../identity/page-sessions.ts';
import { shownSealOf } from '../kit/form-token.ts';
import { beginSession, findSignedIn } from '../signed-in.ts';
import { boundLineCheck } from './bounded-line-check.ts';
import { patientLineCheck, type PatientLineCheck } from './patient-line-check.ts';
import {
  checkoutPath,
  showClosed,
  showConfirm,
  showLineNotProven,
  showRefusal,
  showSignIn,
  showWaiting,
} from './checkout-page.ts';
import { findHistory, isAsShown } from './shown-order.ts';
import { returnAddress, effectiveCheckoutState } from './effective-checkout-state.rules.ts';
import { findCheckout, type OpenedCheckout } from './checkout.queries.ts';
import { proveLine } from './line-proof.ts';
import { confirmSubject, declineSubject } from './checkout-actions.ts';
import { confirmedOnPage } from './confirmed-on-page.ts';

type Handler = (ctx: Context) => Promise<void>;
type CheckoutDeps = Omit<ServiceDeps, 'lineCheck'> & { readonly lineCheck: PatientLineCheck };

/** How long the page waits for an AAA server before it shows that it waits. */
const PROMPT_MS = 1_000;

/** The handlers of the checkout's page. */
export function checkoutHandlers(
  service: ServiceDeps,
): Record<'show' | 'signIn' | 'signOut' | 'confirm' | 'decline', Handler> {
  const lineCheck = patientLineCheck(boundLineCheck(service.lineCheck), service);
  const deps: CheckoutDeps = { ...service, lineCheck };
  const signIn = subscriberSignIn(deps, ({ id, lineId }, address) =>
    // After this turn of the event loop: the response to a wrong password takes no longer for an ID that exists.
    setImmediate(() => lineCheck.begin({ subscriberId: id, session: `sign-in:${id}`, lineId, address })),
  );
  return {
    show: (ctx) => show(deps, ctx),
    signIn: async (ctx) => {
      const opened = openedOf(ctx);
      if (effectiveCheckoutState(opened.checkout, deps.clock.now()) !== 'open') return backToPage(ctx);
      try {
        await beginSession(deps, ctx, await signIn(ctx));
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        return showSignIn(deps, ctx, opened, {
          problem: error,
          issuedId: formField(ctx, signInFields.issuedId),
        });
      }
      backToPage(ctx);
    },
    signOut: async (ctx) => {
      removeSession(ctx);
      backToPage(ctx);
    },
    confirm: (ctx) => confirm(deps, ctx),
    decline: (ctx) => decline(deps, ctx),
  };
}

/** One page for all steps: it shows the step that follows from who is signed in and what is proven. */
async function show(deps: CheckoutDeps, ctx: Context): Promise<void> {
  const opened = openedOf(ctx);
  const state = effectiveCheckoutState(opened.checkout, deps.clock.now());
  if (state !== 'open') return showClosed(deps, ctx, opened, state);
  const person = await findSignedIn(deps, ctx);
  if (!person) return showSignIn(deps, ctx, opened);
  const proving = { checkout: opened.publicId, subscriber: person, waitMs: PROMPT_MS };
  const outcome = await proveLine(deps, ctx, proving);
  if (outcome.kind === 'pending') return showWaiting(deps, ctx, opened, person);
  if (outcome.kind !== 'accepted') return showLineNotProven(deps, ctx, opened, { outcome, person });
  await showConfirm(deps, ctx, opened, { person });
}

/** Checks both proofs again and that the page showed the current order, then purchases. A second click, another tab or a replay finds the purchase complete and redirects likewise. */
async function confirm(deps: CheckoutDeps, ctx: Context): Promise<void> {
  const opened = openedOf(ctx);
  const person = await findSignedIn(deps, ctx);
  if (!person) return backToPage(ctx);
  if (effectiveCheckoutState(opened.checkout, deps.clock.now()) !== 'open')
    return finish(deps, ctx, { opened, person });
  const outcome = await proveLine(deps, ctx, { checkout: opened.publicId, subscriber: person });
  if (outcome.kind === 'pending') return backToPage(ctx);
  if (outcome.kind !== 'accepted') return showLineNotProven(deps, ctx, opened, { outcome, person });
  // Loads the free months first: what another tab has confirmed since then counts as confirmed, not as changed.
  const history = await findHistory(deps, opened, person);
  const current = await readAgain(deps, opened);
  if (effectiveCheckoutState(current.checkout, deps.clock.now()) !== 'open') {
    return finish(deps, ctx, { opened: current, person });
  }
  if (!isAsShown(deps, { opened: current, history }, shownSealOf(ctx))) {
    return showConfirm(deps, ctx, current, { person, isChanged: true });
  }
  const { id: subscriberId, lineId, holderFrom, isHolder } = person;
  try {
    const actor = { kind: 'subscriber', subscriberId, lineId, holderFrom, isHolder, isOnLine: true } as const;
    const { freeMonthsLeft } = history;
    const offer = { opened: current, history };
    const confirmation = confirmedOnPage(deps, ctx, { offer, person, line: outcome });
    await confirmSubject(deps, actor, current.subject, { freeMonthsLeft, confirmation });
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500) throw error;
    const now = await readAgain(deps, opened);
    if (effectiveCheckoutState(now.checkout, deps.clock.now()) === 'open') {
      return showRefusal(deps, ctx, now, { problem: error, person });
    }
  }
  return finish(deps, ctx, { opened: await readAgain(deps, opened), person });
}

/** Declining needs no proof: only the buyer's browser knows the address of the page, and nothing is purchased. */
async function decline(deps: CheckoutDeps, ctx: Context): Promise<void> {
  const opened = openedOf(ctx);
  if (effectiveCheckoutState(opened.checkout, deps.clock.now()) === 'open') {
    try {
      await declineSubject(deps, opened.subject);
    } catch (error) {
      // Another tab was faster: the page shows the outcome.
      if (!(error instanceof Problem) || error.status >= 500) throw error;
    }
  }
  const now = await readAgain(deps, opened);
  if (now.checkout.state !== 'declined') return backToPage(ctx);
  seeOther(ctx, returnAddress(now, deps.clock.now()));
}

/** Redirects the person who confirmed to the seller; anybody else sees that the checkout is closed. */
async function finish(
  deps: CheckoutDeps,
  ctx: Context,
  { opened, person }: { opened: OpenedCheckout; person: SignedInSubscriber },
): Promise<void> {
  const isTheirs = opened.checkout.state === 'confirmed' && opened.subject.row.subscriberId === person.id;
  if (isTheirs) seeOther(ctx, returnAddress(opened, deps.clock.now()));
  else backToPage(ctx);
}

async function readAgain(deps: CheckoutDeps, { publicId }: OpenedCheckout): Promise<OpenedCheckout> {
  const opened = await findCheckout(deps, publicId);
  if (!opened) throw new Problem('not-found');
  return opened;
}

function openedOf(ctx: Context): OpenedCheckout {
  return (ctx.state as { checkout: OpenedCheckout }).checkout;
}

function backToPage(ctx: Context): void {
  seeOther(ctx, checkoutPath(ctx));
}

/** Redirects with 303: the browser uses GET, whatever it sent. */
function seeOther(ctx: Context, address: string): void {
  ctx.redirect(address);
  ctx.status = 303;
}
