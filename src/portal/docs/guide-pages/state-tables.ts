import { chargeTransitions } from '../../../charges/charge.rules.ts';
import { consentMoves } from '../../../consents/consent.rules.ts';
import type { Locale } from '../../../shared/money.ts';
import type { Transitions } from '../../../shared/state-machine.rules.ts';
import { subscriptionMoves } from '../../../subscriptions/subscription-moves.rules.ts';

type Words = Readonly<Record<Locale, string>>;

/** The states of one kind of thing, and what brings about each transition, keyed `from>to`. */
export interface StateTable {
  readonly moves: Transitions<string>;
  readonly start: string;
  readonly name: Words;
  readonly causes: Readonly<Record<string, Words>>;
}

const declined = { en: 'The subscriber declines.', ja: '購入者が見送った。' };
const tooLate = {
  en: 'Nobody confirmed within 30 minutes.',
  ja: '30分以内に承認されなかった。',
};

/** The tables that the service itself obeys; a transition without its cause fails at the start of the process. */
export const stateTables: Readonly<Record<string, StateTable>> = {
  charge: {
    moves: chargeTransitions,
    start: 'pending',
    name: { en: 'States of a charge', ja: '課金の状態' },
    causes: {
      'pending>authorized': {
        en: 'The subscriber confirms. With `"capture": "automatic"` the capture follows at once.',
        ja: '購入者が承認した。`"capture": "automatic"`では、すぐに確定する。',
      },
      'pending>cancelled': {
        en: 'The subscriber declines, or you cancel.',
        ja: '購入者が見送った、または貴社が取り消した。',
      },
      'pending>expired': tooLate,
      'authorized>captured': {
        en: 'You capture all or a part; automatic captures do it themselves. From now on it is billed.',
        ja: '貴社が全額または一部を確定した（自動確定ではすぐに）。以後、請求の対象になる。',
      },
      'authorized>cancelled': {
        en: 'You or our support centre cancel before the capture.',
        ja: '確定の前に、貴社または当社の窓口が取り消した。',
      },
      'authorized>expired': {
        en: 'It was not captured by `expires_at`, or the buyer lost the line.',
        ja: '`expires_at`までに確定されなかった、または購入者が回線の利用者でなくなった。',
      },
    },
  },
  subscription: {
    moves: subscriptionMoves,
    start: 'pending',
    name: { en: 'States of a subscription', ja: '定期購入の状態' },
    causes: {
      'pending>active': { en: 'The subscriber confirms.', ja: '購入者が承認した。' },
      'pending>declined': declined,
      'pending>expired': tooLate,
      'active>leaving': {
        en: 'It was cancelled, and its last month is still to be charged.',
        ja: '解約されたが、最後の月の分がまだ課金されていない。',
      },
      'active>ended': {
        en: 'It was cancelled, and its last month is charged or free already.',
        ja: '解約され、最後の月の分も課金済みか無料である。',
      },
      'leaving>ended': {
        en: 'The last month has been charged, or cannot be charged any more.',
        ja: '最後の月の分が課金された、または課金できなくなった。',
      },
    },
  },
  consent: {
    moves: consentMoves,
    start: 'pending',
    name: { en: 'States of a consent', ja: '同意の状態' },
    causes: {
      'pending>active': { en: 'The subscriber grants it.', ja: '購入者が同意した。' },
      'pending>declined': declined,
      'pending>expired': tooLate,
      'active>ended': {
        en: 'The subscriber, you or our support centre revoke it.',
        ja: '購入者、貴社または当社の窓口が終了させた。',
      },
    },
  },
};
