import type { SubscriberActor } from '../../access/actor.ts';
import type { Deps } from '../../deps.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { previewPurchase } from '../../purchases/preview-purchase.ts';
import type { PurchasePreview } from '../../purchases/purchase-preview.rules.ts';
import { businessDateOf } from '../../shared/business-date.rules.ts';
import { monthOf } from '../../shared/calendar-date.rules.ts';
import type { Locale } from '../../shared/money.ts';
import type { JoiningHistory } from '../../subscriptions/coming-charges.rules.ts';
import { findFreeMonthsLeft } from '../../subscriptions/free-months.ts';
import { findMonthsHad } from '../../subscriptions/subscription-month.queries.ts';
import { formatsOf } from '../kit/format.rules.ts';
import { languages, translator } from '../messages/translate.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import { isOrderSeal, sealOrder, type ShownOrder } from './order-seal.rules.ts';
import type { BuyerTerms, OrderTerms } from './order-terms.ts';
import { describeOrder, type OrderView } from './order-view.rules.ts';

/** An order, with what is known of its buyer. */
export interface ShownOffer {
  readonly opened: OpenedCheckout;
  readonly buyer: BuyerTerms;
}

/** The seal over everything that the page shows of an order. */
export function sealOf(deps: Pick<Deps, 'config' | 'clock'>, offer: ShownOffer): string {
  return sealOrder(deps.config, shownOrder(deps, offer));
}

/** Whether the page with this seal showed exactly what would be purchased now. */
export function isAsShown(deps: Deps, offer: ShownOffer, seal: string): boolean {
  return isOrderSeal(deps.config, shownOrder(deps, offer), seal);
}

function shownOrder(deps: Pick<Deps, 'config' | 'clock'>, offer: ShownOffer): ShownOrder {
  const views = languages.map((language) => describeShown(deps, offer, language));
  return { publicId: offer.opened.publicId, views };
}

/** The texts of an order as its page shows them in a language. */
export function describeShown(
  deps: Pick<Deps, 'config' | 'clock'>,
  { opened, buyer }: ShownOffer,
  language: Locale,
): OrderView {
  return describeOrder(opened, { ...orderTerms(deps, language), ...buyer });
}

/** What the buyer and the line have had of a subscription's item, which determines its first charge (domain.md §2). */
export async function findHistory(
  deps: Deps,
  { subject }: OpenedCheckout,
  { id: subscriberId, lineId, holderFrom }: SignedInSubscriber,
): Promise<JoiningHistory> {
  if (subject.kind !== 'subscription') return {};
  const { serviceId, itemCode } = subject.row;
  const month = monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone));
  const { had, leaving } = await findMonthsHad(deps, { subscriberId, serviceId, itemCode, month });
  const freeMonthsLeft = await findFreeMonthsLeft(deps, { lineId, holderFrom, serviceId, itemCode });
  return { monthsHad: had, monthsLeaving: leaving, freeMonthsLeft };
}

/** What confirming would do, and what is known of the buyer for the texts. */
export interface BuyerPreview extends PurchasePreview {
  readonly buyer: BuyerTerms;
}

/** Looks ahead for a buyer whose person and line are proven. */
export async function previewFor(
  deps: Deps,
  { opened, history }: { readonly opened: OpenedCheckout; readonly history: JoiningHistory },
  person: SignedInSubscriber,
): Promise<BuyerPreview> {
  const preview = await previewPurchase(deps, buyerOf(person), { sale: opened.subject, history });
  return { ...preview, buyer: { ...history, invoices: preview.invoices } };
}

/** The person as an actor who is connected through the line; only for those whose line is proven. */
export function buyerOf({ id, lineId, holderFrom, isHolder }: SignedInSubscriber): SubscriberActor {
  return { kind: 'subscriber', subscriberId: id, lineId, holderFrom, isHolder, isOnLine: true };
}

/** The terms in which an order is described now, in a language. */
export function orderTerms({ config, clock }: Pick<Deps, 'config' | 'clock'>, language: Locale): OrderTerms {
  const { currency, taxRates, timeZone } = config;
  const businessDate = businessDateOf(clock.now(), timeZone);
  const format = formatsOf({ language, currency, timeZone });
  return { language, t: translator(language), format, currency, taxRates, businessDate };
}
