import type { PurchaseStatus } from '../../purchases/purchase-status.rules.ts';
import type { Purchase } from '../../purchases/purchase.queries.ts';
import { formatPercent } from '../../shared/average.rules.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { TaxCode } from '../../shared/tax.rules.ts';
import type { BadgeView, RowView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';

export type { BadgeView, CrumbView, EmptyView, FactView, RowView } from '../kit/component.types.ts';

export interface Named {
  readonly company: string;
  readonly companyEn: string;
  readonly service: string;
  readonly serviceEn: string;
}

/** Company and service in the reader's language: `株式会社ほしぞら動画・ほしぞらシアター`. */
export function sellerText(
  { company, companyEn, service, serviceEn }: Named,
  { language }: Pick<ViewFrame, 'language'>,
) {
  return language === 'ja' ? `${company}・${service}` : `${companyEn}, ${serviceEn}`;
}

const tones: Readonly<Record<PurchaseStatus, BadgeView['tone']>> = {
  reserved: 'warn',
  waiting: 'good',
  'on-invoice': 'good',
  invoiced: 'good',
  cancelled: 'plain',
  expired: 'plain',
};

/** How a purchase is invoiced, in words. */
function statusBadge(status: PurchaseStatus, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: tones[status], text: t(`my.status.${status}`) };
}

type Refunded = Pick<Purchase, 'status' | 'refundState'>;

/** What became of a purchase, in words: that it was given back before how it is invoiced. */
export function purchaseBadge({ status, refundState }: Refunded, frame: Pick<ViewFrame, 't'>): BadgeView {
  return refundState === 'none'
    ? statusBadge(status, frame)
    : { tone: 'plain', text: frame.t(`my.refunded.${refundState}`) };
}

/** The address of a purchase. */
export const purchaseHref = (id: string): string => `/my/purchases/${publicId('charge', id)}`;
export const subscriptionHref = (id: string): string => `/my/subscriptions/${publicId('subscription', id)}`;
export const consentHref = (id: string): string => `/my/consents/${publicId('consent', id)}`;

/** A purchase as a row of a list. `isHolder`: with who of the line bought it. */
export function purchaseRow(
  purchase: Purchase,
  frame: ViewFrame,
  { isHolder }: { readonly isHolder: boolean },
): RowView {
  const { id, description, priceMinor, refundedMinor, person, kind, date } = purchase;
  const when = [frame.format.date(date), frame.t(`my.kind.${kind}`)];
  return {
    href: purchaseHref(id),
    title: description,
    figure: frame.format.money(priceMinor),
    notes: [
      sellerText(purchase, frame),
      [...when, ...(isHolder && person ? [person.displayName] : [])].join(frame.t('my.dot')),
      ...(refundedMinor === 0n
        ? []
        : [frame.t('my.refund.note', { amount: frame.format.money(refundedMinor) })]),
    ],
    badge: purchaseBadge(purchase, frame),
  };
}

/** `10%`, `8%（軽減税率）`. */
export function rateText(taxCode: TaxCode, rateBps: number, { t }: Pick<ViewFrame, 't'>): string {
  return t(taxCode === 'reduced' ? 'my.rate-reduced' : 'my.rate', { rate: formatPercent(rateBps) });
}
