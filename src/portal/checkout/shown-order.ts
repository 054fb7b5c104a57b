import type { Deps } from '../../deps.ts';
import type { SignedInSubscriber } from '../../identity/subscriber.queries.ts';
import { businessDateOf } from '../../shared/business-date.rules.ts';
import { monthOf } from '../../shared/calendar-date.rules.ts';
import type { Locale } from '../../shared/money.ts';
import { findFreeMonthsLeft } from '../../subscriptions/free-months.ts';
import { findMonthsHad } from '../../subscriptions/subscription-month.queries.ts';
import { languages, translator } from '../messages/translate.ts';
import type { OpenedCheckout } from './checkout.queries.ts';
import { isOrderSeal, sealOrder, type ShownOrder } from './order-seal.rules.ts';
import { describeOrder, type OrderTerms, type OrderView } from './order-view.rules.ts';

/** An order, with the history that determines its first charge. */
export interface ShownOffer {
  readonly opened: OpenedCheckout;
  readonly history: History;
}

/** The seal over everything that the page shows of an order. */
export function sealOf(deps: Deps, offer: ShownOffer): string {
  return sealOrder(deps.config, shownOrder(deps, offer));
}

/** Whether the page with this seal showed exactly what would be purchased now. */
export function isAsShown(deps: Deps, offer: ShownOffer, seal: string): boolean {
  return isOrderSeal(deps.config, shownOrder(deps, offer), seal);
}

function shownOrder(deps: Deps, offer: ShownOffer): ShownOrder {
  const views = languages.map((language) => describeShown(deps, offer, language));
  return { publicId: offer.opened.publicId, views };
}

/** The texts of an order as its page shows them in a language. */
export function describeShown(deps: Deps, { opened, history }: ShownOffer, language: Locale): OrderView {
  return describeOrder(opened, { ...orderTerms(deps, language), ...history });
}

/** What the buyer and the line have had of the item, once they are known. */
export type History = Pick<OrderTerms, 'monthsHad' | 'monthsLeaving' | 'freeMonthsLeft'>;

/** The months that the buyer and the line have had of an item determine the first charge (domain.md §2). */
export async function findHistory(
  deps: Deps,
  { subject }: OpenedCheckout,
  { id: subscriberId, lineId, holderFrom }: SignedInSubscriber,
): Promise<History> {
  if (subject.kind !== 'subscription') return {};
  const { serviceId, itemCode } = subject.row;
  const month = monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone));
  const { had, leaving } = await findMonthsHad(deps, { subscriberId, serviceId, itemCode, month });
  const freeMonthsLeft = await findFreeMonthsLeft(deps, { lineId, holderFrom, serviceId, itemCode });
  return { monthsHad: had, monthsLeaving: leaving, freeMonthsLeft };
}

/** The terms in which an order is described now, in a language. */
export function orderTerms({ config, clock }: Deps, language: Locale): OrderTerms {
  const businessDate = businessDateOf(clock.now(), config.timeZone);
  const { currency, taxRates } = config;
  return { language, t: translator(language), currency, taxRates, businessDate };
}
