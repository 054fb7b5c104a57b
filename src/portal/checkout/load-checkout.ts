import type { ServiceDeps } from '../../service-deps.ts';
import { recordRefusal, recordRefusalBy } from '../../checkout/record-refusal.ts';
import { getConfirmation } from '../../checkout/confirmation.queries.ts';
import type { Confirmation } from '../../checkout/confirmation.entity.ts';
import { isProofFresh } from '../../identity/person-proof.rules.ts';
import { startPasskeySignIn } from '../../identity/passkey-sign-in.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { isAddressedTo } from '../../payment-requests/addressed-to.ts';
import { Problem } from '../../shared/problem.ts';
import type { Visit } from '../kit/visit.ts';
import { findSignedIn } from '../signed-in.ts';
import { findCheckout, type OpenedCheckout } from './checkout.queries.ts';
import {
  effectiveCheckoutState,
  returnAddress,
  type EffectiveCheckoutState,
} from './effective-checkout-state.rules.ts';
import { proveLine, type NotProven } from './line-proof.ts';
import type { OrderTerms } from './order-terms.ts';
import { buyerOf, findHistory, orderTerms, previewFor, sealOf, type BuyerPreview } from './shown-order.ts';

/** The step that follows from who is signed in and what is proven. */
export type CheckoutStep =
  /** With the options of a passkey for the browser, as JSON. */
  | { readonly step: 'sign-in'; readonly passkeyOptions: string }
  | { readonly step: 'waiting'; readonly person: SignedInSubscriber }
  | { readonly step: 'line'; readonly person: SignedInSubscriber; readonly outcome: NotProven }
  | {
      readonly step: 'confirm';
      readonly person: SignedInSubscriber;
      readonly preview: BuyerPreview;
      /** The seal of what the page shows. */
      readonly shown: string;
    }
  | { readonly step: 'receipt'; readonly person: SignedInSubscriber; readonly receipt: Receipt }
  | { readonly step: 'closed'; readonly state: Exclude<EffectiveCheckoutState, 'open'> };

/** What somebody who confirmed sees at the end. */
export interface Receipt {
  readonly confirmedAt: Date;
  /** Undefined for an agreement from before confirmations were kept. */
  readonly confirmation: Confirmation | undefined;
}

/** Everything that the page is made of. */
export type CheckoutData = CheckoutStep & {
  readonly opened: OpenedCheckout;
  readonly path: string;
  /** The company's return address with the outcome. */
  readonly returnTo: string;
  readonly terms: { readonly ja: OrderTerms; readonly en: OrderTerms };
  /** Whom to ask about the line. */
  readonly contact: { readonly ja: string; readonly en: string };
  /** The purchase is in a world of a sandbox. */
  readonly isSandbox: boolean;
};

export type CheckoutParams = Readonly<Record<string, string>>;

/** How long the page waits for an AAA server before it shows that it waits. */
const PROMPT_MS = 1_000;

/** Path of the checkout's page. */
export const pathOfCheckout = ({ id = '', seal = '' }: CheckoutParams): string =>
  `/checkout/${encodeURIComponent(id)}/${encodeURIComponent(seal)}`;

/** The current checkout of a sealed address. @throws Problem `not-found` */
export async function openCheckoutOf(
  deps: ServiceDeps,
  { id = '' }: CheckoutParams,
): Promise<OpenedCheckout> {
  const opened = await findCheckout(deps, id);
  if (!opened) throw new Problem('not-found');
  return opened;
}

/**
 * A payment request comes unasked, also while somebody talks the addressee into it: the person proves themselves again for it, unless
 * they did minutes ago.
 */
export function isProofRecent({ clock }: ServiceDeps, { request }: OpenedCheckout, visit: Visit): boolean {
  return !request || isProofFresh(visit.session.provenAt, clock.now());
}

/** A payment request is for those to whom it is addressed. @throws Problem `not-found` for everybody else */
export function assertForPerson({ request }: OpenedCheckout, person: SignedInSubscriber): void {
  const { id: subscriberId, lineId, holderFrom } = person;
  if (request && !isAddressedTo(request, { subscriberId, lineId, holderFrom }))
    throw new Problem('not-found');
}

/** Loads the checkout and the step it is at for this browser. */
export async function loadCheckout(
  deps: ServiceDeps,
  { params, visit }: { readonly params: CheckoutParams; readonly visit: Visit },
): Promise<CheckoutData> {
  const opened = await openCheckoutOf(deps, params);
  const step = await findStep(deps, opened, visit);
  const terms = { ja: orderTerms(deps, 'ja'), en: orderTerms(deps, 'en') };
  const returnTo = returnAddress(opened, deps.clock.now());
  const { contact: ja, contactEn: en } = deps.config.carrier;
  const isSandbox = deps.config.world !== undefined;
  return { ...step, opened, path: pathOfCheckout(params), returnTo, terms, contact: { ja, en }, isSandbox };
}

async function findStep(deps: ServiceDeps, opened: OpenedCheckout, visit: Visit): Promise<CheckoutStep> {
  const state = effectiveCheckoutState(opened.checkout, deps.clock.now());
  const person = await findSignedIn(deps, visit);
  if (state !== 'open') return findEnd(deps, opened, { state, person });
  if (!person || !isProofRecent(deps, opened, visit)) {
    const browser = visit.formToken(deps.config);
    return { step: 'sign-in', passkeyOptions: await startPasskeySignIn(deps, { browser }) };
  }
  assertForPerson(opened, person);
  const proving = { checkout: opened.publicId, subscriber: person, waitMs: PROMPT_MS };
  const outcome = await proveLine(deps, visit, proving);
  if (outcome.kind === 'pending') return { step: 'waiting', person };
  if (outcome.kind !== 'accepted') {
    const refusal = outcome.kind === 'refused' ? 'line-not-proved' : 'line-not-checked';
    await recordRefusal(deps, opened.subject.row.id, refusal);
    return { step: 'line', person, outcome };
  }
  const history = await findHistory(deps, opened, person);
  const preview = await previewFor(deps, { opened, history }, person);
  if (preview.problem) await recordRefusalBy(deps, opened.subject.row.id, preview.problem);
  const shown = sealOf(deps, { opened, buyer: preview.buyer });
  return { step: 'confirm', person, preview, shown };
}

interface End {
  readonly state: Exclude<EffectiveCheckoutState, 'open'>;
  readonly person: SignedInSubscriber | undefined;
}

/** The receipt is for the buyer alone: anybody else with the address sees how it ended. */
async function findEnd(
  deps: ServiceDeps,
  { checkout, subject }: OpenedCheckout,
  { state, person }: End,
): Promise<CheckoutStep> {
  const isTheirs = state === 'confirmed' && person !== undefined && subject.row.subscriberId === person.id;
  if (!isTheirs) return { step: 'closed', state };
  const confirmation = await findConfirmation(deps, person, subject.row.id);
  const confirmedAt = confirmation?.confirmedAt ?? checkout.decidedAt ?? checkout.expiresAt;
  return { step: 'receipt', person, receipt: { confirmedAt, confirmation } };
}

async function findConfirmation(deps: ServiceDeps, person: SignedInSubscriber, subjectId: string) {
  try {
    return await getConfirmation(deps, buyerOf(person), subjectId);
  } catch (error) {
    if (error instanceof Problem && error.code === 'not-found') return undefined;
    throw error;
  }
}
