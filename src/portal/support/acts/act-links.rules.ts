import { publicId } from '../../../shared/public-id.rules.ts';
import type { HeadView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { LoadedCharge } from '../charges/charge.pages.ts';
import { chargeHref, newCaseAboutHref } from '../support-links.rules.ts';

export const cancelChargeHref = (id: string): string => `${chargeHref(id)}/cancel`;
export const refundHref = (id: string): string => `${chargeHref(id)}/refund`;

const subscriptionHref = (id: string): string => `/support/subscriptions/${publicId('subscription', id)}`;
export const cancelSubscriptionHref = (id: string): string => `${subscriptionHref(id)}/cancel`;
export const cancelMonthHref = (id: string, month: string): string =>
  `${subscriptionHref(id)}/months/${month}/cancel`;
export const revokeConsentHref = (id: string): string =>
  `/support/consents/${publicId('consent', id)}/revoke`;

/** What can be done to a charge by who looks at it. */
export function chargeActions(
  { charge }: LoadedCharge,
  { t, can }: ViewFrame,
): NonNullable<HeadView['actions']> {
  const { id, state, capturedMinor, refunds, subscriptionId, subscriptionMonth, consentId } = charge;
  const leftMinor = refunds.reduce((left, { amountMinor }) => left - amountMinor, capturedMinor ?? 0n);
  const isOpen = state === 'pending' || state === 'authorized';
  const links = [
    isOpen && can('charges:cancel') && { href: cancelChargeHref(id), label: t('support.act.cancel-charge') },
    leftMinor > 0n && can('refunds:write') && { href: refundHref(id), label: t('support.act.refund') },
    subscriptionId !== null &&
      subscriptionMonth !== null &&
      leftMinor > 0n &&
      can('refunds:write') && {
        href: cancelMonthHref(subscriptionId, subscriptionMonth),
        label: t('support.act.cancel-month'),
      },
    subscriptionId !== null &&
      can('subscriptions:cancel') && {
        href: cancelSubscriptionHref(subscriptionId),
        label: t('support.act.cancel-subscription'),
      },
    consentId !== null &&
      can('consents:revoke') && {
        href: revokeConsentHref(consentId),
        label: t('support.act.revoke-consent'),
      },
    state !== 'pending' &&
      can('cases:take') && { href: newCaseAboutHref('charge', id), label: t('support.cases.new') },
  ];
  return links.filter((link) => link !== false);
}
