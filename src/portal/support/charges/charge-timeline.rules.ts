import type { StepView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { staffText } from '../person-text.rules.ts';
import type { LoadedCharge } from './charge.pages.ts';

interface Step extends Omit<StepView, 'at' | 'when'> {
  readonly at: Date | null | undefined;
}

/** What happened to a charge, oldest first, with what is still to come. */
export function chargeTimeline({ charge, names }: LoadedCharge, frame: ViewFrame): StepView[] {
  const { t, format } = frame;
  const { confirmation, state } = charge;
  const steps: Step[] = [
    { at: charge.createdAt, text: t('support.charge.step.created') },
    ...(confirmation
      ? [
          {
            at: confirmation.confirmedAt,
            text: t(`support.charge.step.confirmed-${confirmation.subjectKind}`),
          },
        ]
      : []),
    { at: charge.authorizedAt, text: t('support.charge.step.authorized') },
    { at: charge.capturedAt, text: t('support.charge.step.captured'), tone: 'good' },
    ...charge.refunds.map((refund) => ({
      at: refund.createdAt,
      text: t('support.charge.step.refunded', { amount: format.money(refund.amountMinor) }),
      who: staffText(refund.createdBy, names, frame),
    })),
    ...(charge.endedAt && (state === 'cancelled' || state === 'expired')
      ? [{ at: charge.endedAt, text: endText(state, charge.endedBy, frame), tone: 'bad' as const }]
      : []),
    ...(charge.openUntil && (state === 'pending' || state === 'authorized')
      ? [{ at: charge.openUntil, text: t('support.charge.step.open-until'), tone: 'waiting' as const }]
      : []),
  ];
  return steps
    .flatMap(({ at, ...step }) => (at ? [{ ...step, moment: at }] : []))
    .toSorted((a, b) => a.moment.getTime() - b.moment.getTime())
    .map(({ moment, ...step }) => ({ ...step, at: moment.toISOString(), when: format.dateTime(moment) }));
}

const ENDED_BY = ['company', 'subscriber', 'support', 'time', 'entitlement'] as const;

/** By whom, or by what, it ended. */
function endText(state: 'cancelled' | 'expired', by: string | null, { t }: ViewFrame): string {
  const known = ENDED_BY.find((one) => one === by);
  return known ? t(`support.charge.step.ended-${known}`) : t(`support.charge.state.${state}`);
}
