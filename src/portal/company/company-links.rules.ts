import { writeFigureAddress, type FigureAddress } from '../../explanations/figure-address.rules.ts';
import { publicId } from '../../shared/public-id.rules.ts';
import type { BadgeView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';
import type { ChargeState } from '../../charges/charge.rules.ts';

/** The page of a purchase, or what is done on it. */
export const chargeHref = (id: string, act?: 'refund' | 'cancel') =>
  `/company/purchases/${publicId('charge', id)}${act ? `/${act}` : ''}`;

/** The page of a payment request, or what is done on it. */
export const requestHref = (id: string, act?: 'withdraw') =>
  `/company/payment-requests/${publicId('payment-request', id)}${act ? `/${act}` : ''}`;

/** The page of a webhook endpoint, or what is done on it. */
export const webhookHref = (id: string, act?: string) =>
  `/company/webhooks/${publicId('webhook-endpoint', id)}${act ? `/${act}` : ''}`;

/** The page that explains a figure. */
export const explainHref = (address: FigureAddress) => `/company/explain/${writeFigureAddress(address)}`;

const CHARGE_TONES = {
  pending: 'plain',
  authorized: 'warn',
  captured: 'good',
  cancelled: 'plain',
  expired: 'plain',
} as const satisfies Record<ChargeState, BadgeView['tone']>;

/** The state of a purchase in words. */
export function chargeBadge(state: ChargeState, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: CHARGE_TONES[state], text: t(`company.charge.state.${state}`) };
}

/** A name in the reader's language. */
export const nameIn = (
  { name, nameEn }: { readonly name: string; readonly nameEn: string },
  { language }: Pick<ViewFrame, 'language'>,
) => (language === 'ja' ? name : nameEn);
