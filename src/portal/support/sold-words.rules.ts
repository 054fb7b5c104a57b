import type { CollectionState } from '../../collections/collection-state.rules.ts';
import type { PurchaseStatus } from '../../purchases/purchase-status.rules.ts';
import type { BadgeView } from '../kit/component.types.ts';
import type { ViewFrame } from '../kit/define-page.ts';

const PURCHASE_TONES = {
  reserved: 'warn',
  waiting: 'plain',
  'on-invoice': 'plain',
  invoiced: 'good',
  cancelled: 'plain',
  expired: 'plain',
} as const satisfies Record<PurchaseStatus, BadgeView['tone']>;

/** What has become of a purchase, in words. */
export function purchaseBadge(status: PurchaseStatus, { t }: ViewFrame): BadgeView {
  return { tone: PURCHASE_TONES[status], text: t(`my.status.${status}`) };
}

/** How far an invoice is collected; undefined for one that is not issued. */
export function collectionBadge(state: CollectionState | undefined, { t }: ViewFrame): BadgeView {
  if (state === undefined) return { tone: 'plain', text: t('support.collection.open') };
  return { tone: collectionTone(state), text: t(`support.collection.${state}`) };
}

function collectionTone(state: CollectionState): BadgeView['tone'] {
  if (state === 'collected') return 'good';
  if (state === 'billed') return 'plain';
  return 'bad';
}

const SUBSCRIPTION_TONES = { active: 'good', leaving: 'warn' } as const;

/** The state of a subscription in words. */
export function subscriptionBadge(state: string, { t }: ViewFrame): BadgeView {
  if (state === 'active' || state === 'leaving')
    return { tone: SUBSCRIPTION_TONES[state], text: t(`support.subscription.state.${state}`) };
  return { tone: 'plain', text: t('support.subscription.state.ended') };
}

/** The state of a consent in words. */
export function consentBadge(state: string, { t }: ViewFrame): BadgeView {
  return state === 'active'
    ? { tone: 'good', text: t('support.consent.state.active') }
    : { tone: 'plain', text: t('support.consent.state.ended') };
}
