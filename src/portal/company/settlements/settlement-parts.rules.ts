import type { FigureAddress } from '../../../explanations/figure-address.rules.ts';
import type { PayoutState } from '../../../payouts/payout.rules.ts';
import type { BadgeView, TabsView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { explainHref } from '../company-links.rules.ts';

const parts = {
  settlements: '/company/settlements',
  payouts: '/company/payouts',
  clawbacks: '/company/clawbacks',
  minimum: '/company/minimum-fee',
} as const;

/** The pages about the company's money. */
export function moneyTabs({ t }: Pick<ViewFrame, 't'>, current: keyof typeof parts): TabsView {
  return {
    label: t('company.settlements.parts'),
    tabs: (Object.keys(parts) as (keyof typeof parts)[]).map((part) => ({
      href: parts[part],
      label: t(`company.settlements.part.${part}`),
      isCurrent: part === current,
    })),
  };
}

export const settlementHref = (number: string, file = '') =>
  `/company/settlements/${encodeURIComponent(number)}${file && `/${file}`}`;

/** A figure with its explanation. */
export const explained = (text: string, address: FigureAddress) => ({ text, href: explainHref(address) });

const PAYOUT_TONES = {
  planned: 'plain',
  sent: 'warn',
  settled: 'good',
  returned: 'bad',
  dropped: 'plain',
} as const satisfies Record<PayoutState, BadgeView['tone']>;

/** The state of a payout in words. */
export function payoutBadge(state: PayoutState, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: PAYOUT_TONES[state], text: t(`company.payout.state.${state}`) };
}

/** Whether a settlement is paid, in words. */
export function settlementBadge(
  {
    state,
    payoutMinor,
    heldReason,
  }: { readonly state: string; readonly payoutMinor: bigint; readonly heldReason: string | null },
  { t }: Pick<ViewFrame, 't'>,
): BadgeView {
  if (state === 'paid') return { tone: 'good', text: t('company.settlement.state.paid') };
  if (payoutMinor === 0n) return { tone: 'plain', text: t('company.settlement.state.nothing-due') };
  if (heldReason !== null) return { tone: 'warn', text: t('company.settlement.state.held') };
  return { tone: 'plain', text: t('company.settlement.state.approved') };
}
