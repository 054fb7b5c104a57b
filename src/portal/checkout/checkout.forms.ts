import { recordRefusalBy } from '../../checkout/record-refusal.ts';
import { isIssuedId, normaliseIssuedId } from '../../identity/issued-id.rules.ts';
import { signInWithPasskey } from '../../identity/passkey-sign-in.ts';
import { reportRefusedSignIn } from '../../identity/report-sign-in.ts';
import { subscriberSignIn, type SignInOfRequest } from '../../identity/subscriber-strategy.ts';
import type { ServiceDeps } from '../../service-deps.ts';
import { Problem } from '../../shared/problem.ts';
import { defineForm } from '../kit/define-form.ts';
import { choiceField, optional, secretField, type Field } from '../kit/form-fields.ts';
import { authenticationField } from '../kit/passkey-field.ts';
import { beginSession } from '../signed-in.ts';
import { declineSubject } from './checkout-actions.ts';
import { checkoutPage } from './checkout.page.ts';
import { confirmPurchase } from './confirm-purchase.ts';
import { effectiveCheckoutState, returnAddress } from './effective-checkout-state.rules.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import { openCheckoutOf, pathOfCheckout } from './load-checkout.ts';
import { lineCheckOf } from '../patient-line-check.ts';
import { admitSignIns } from '../sign-in-gate.ts';

/** A typed issued ID: a slip is told by its check digit, before anything is counted or looked up. */
const issuedIdField: Field<string> = {
  label: 'sign-in.issued-id',
  read: (typed) => {
    if (typed.trim() === '') return { fault: { key: 'kit.fault.missing' } };
    if (!isIssuedId(normaliseIssuedId(typed.slice(0, 64)))) return { fault: { key: 'sign-in.mistyped' } };
    return { value: typed };
  },
};

const signIns = new WeakMap<ServiceDeps, SignInOfRequest>();

/** The sign-in of a service. The line check of a typed ID begins while its password is verified; nothing of it shows before. */
function signInOf(deps: ServiceDeps): SignInOfRequest {
  const known = signIns.get(deps);
  if (known) return known;
  const created = subscriberSignIn(deps, ({ id, lineId }, address) =>
    // After this turn of the event loop: the response to a wrong password takes no longer for an ID that exists.
    setImmediate(() =>
      lineCheckOf(deps).begin({ subscriberId: id, session: `sign-in:${id}`, lineId, address }),
    ),
  );
  signIns.set(deps, created);
  return created;
}

/** The company learns that a sign-in to its sale was refused, and nothing of the ID that was typed. */
async function notingRefusal<T>(
  deps: ServiceDeps,
  { subject }: OpenedCheckout,
  signIn: Promise<T>,
): Promise<T> {
  try {
    return await signIn;
  } catch (error) {
    if (error instanceof Problem) await recordRefusalBy(deps, subject.row.id, error);
    throw error;
  }
}

export const signInForm = defineForm({
  name: 'checkout.sign-in',
  path: '/checkout/:id/:seal/sign-in',
  audience: 'public',
  admission: admitSignIns(),
  fields: { issued_id: issuedIdField, password: secretField('sign-in.password') },
  submit: async (deps, { params, visit }) => {
    const opened = await openCheckoutOf(deps, params);
    if (effectiveCheckoutState(opened.checkout, deps.clock.now()) !== 'open') return;
    const subscriber = await notingRefusal(deps, opened, visit.prove(signInOf(deps)));
    await beginSession(deps, visit, { subscriber });
  },
  done: (_, { params }) => ({ to: pathOfCheckout(params) }),
  page: checkoutPage,
});

/** The person by a passkey, in place of issued ID and password. The line is proven by the page that follows, as after a password. */
export const passkeyForm = defineForm({
  name: 'checkout.passkey',
  path: '/checkout/:id/:seal/passkey',
  audience: 'public',
  admission: admitSignIns(),
  fields: { response: authenticationField },
  submit: async (deps, { params, visit, input: { response } }) => {
    const opened = await openCheckoutOf(deps, params);
    if (effectiveCheckoutState(opened.checkout, deps.clock.now()) !== 'open') return;
    const { address: source } = visit;
    const asked = { response, source, browser: visit.formToken(deps.config) };
    const signedIn = reportRefusedSignIn(deps, { source }, signInWithPasskey(deps, asked));
    const subscriber = await notingRefusal(deps, opened, signedIn);
    await beginSession(deps, visit, { subscriber, passkey: response });
  },
  done: (_, { params }) => ({ to: pathOfCheckout(params) }),
  page: checkoutPage,
});

export const signOutForm = defineForm({
  name: 'checkout.sign-out',
  path: '/checkout/:id/:seal/sign-out',
  audience: 'public',
  fields: {},
  submit: (_deps, { visit }) => Promise.resolve(visit.endSession()),
  done: (_, { params }) => ({ to: pathOfCheckout(params) }),
  page: checkoutPage,
});

export const confirmForm = defineForm({
  name: 'checkout.confirm',
  path: '/checkout/:id/:seal/confirm',
  audience: 'public',
  fields: { shown_in: optional(choiceField('page.language', ['ja', 'en'])) },
  submit: (deps, { params, visit, input }) =>
    confirmPurchase(deps, { params, visit, shownIn: input.shown_in ?? visit.language }),
  done: (_, { params }) => ({ to: pathOfCheckout(params) }),
  page: checkoutPage,
});

/** Declining needs no proof: only the buyer's browser knows the address of the page, and nothing is purchased. */
export const declineForm = defineForm({
  name: 'checkout.decline',
  path: '/checkout/:id/:seal/decline',
  audience: 'public',
  fields: {},
  submit: async (deps, { params }) => {
    const opened = await openCheckoutOf(deps, params);
    if (effectiveCheckoutState(opened.checkout, deps.clock.now()) === 'open') {
      try {
        await declineSubject(deps, opened);
      } catch (error) {
        // Another tab was faster: the page shows the outcome.
        if (!(error instanceof Problem) || error.status >= 500) throw error;
      }
    }
    const now = await openCheckoutOf(deps, params);
    return now.checkout.state === 'declined' ? returnAddress(now, deps.clock.now()) : undefined;
  },
  done: (returnTo, { params }) => ({ to: returnTo ?? pathOfCheckout(params) }),
  page: checkoutPage,
});
