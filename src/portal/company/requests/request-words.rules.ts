import type { AddresseeKind } from '../../../payment-requests/addressee.rules.ts';
import type { PaymentRequestState } from '../../../payment-requests/payment-request.rules.ts';
import type { BadgeView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';

const TONES = {
  pending: 'warn',
  confirmed: 'good',
  declined: 'bad',
  withdrawn: 'plain',
  expired: 'plain',
} as const satisfies Record<PaymentRequestState, BadgeView['tone']>;

/** The state of a payment request in words. */
export function requestBadge(state: PaymentRequestState, { t }: Pick<ViewFrame, 't'>): BadgeView {
  return { tone: TONES[state], text: t(`company.request.state.${state}`) };
}

interface Addressed {
  readonly toKind: AddresseeKind;
  readonly toEnding: string;
}

/** Whom a request is addressed to, by its last characters. */
export const addresseeText = ({ toKind, toEnding }: Addressed, { t }: Pick<ViewFrame, 't'>): string =>
  t(`company.request.to-${toKind}`, { ending: toEnding });
