import type { RefundEffect } from '../../../refund-effects/preview-refund.ts';
import { refundReasonCodes, refundReasons } from '../../../refunds/refund-reason.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import type { ConfirmView, FactView, FilterView } from '../../kit/component.types.ts';
import { mayAskAgain } from '../../kit/ask-again.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { wordProblem } from '../../kit/form-state.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { chargeHref } from '../company-links.rules.ts';
import type { LoadedCharge } from './charge.pages.ts';

interface LoadedRefund extends LoadedCharge {
  /** The amount as typed; empty for all that is left. */
  readonly typed: string;
  readonly effect: RefundEffect | Problem;
}

/** The amount, what refunding it would do, and the question. */
export function refundView(loaded: LoadedRefund, frame: ViewFrame): SectionsView {
  const { charge, effect } = loaded;
  const { t, form } = frame;
  const isAllowed = !(effect instanceof Problem) && effect.needsApproval === undefined;
  const isAsked = isAllowed && mayAskAgain(form, hiddenOf(effect));
  return {
    title: t('company.refund.title'),
    crumbs: [
      { href: '/company/purchases', label: t('company.purchases.title') },
      { href: chargeHref(charge.id), label: charge.description },
    ],
    filter: amountFilter(loaded, frame),
    banners: bannersOf(effect, frame),
    sections: [],
    confirm: isAsked ? confirmOf(charge.id, effect, frame) : undefined,
  };
}

function bannersOf(
  effect: RefundEffect | Problem,
  { t, format, form }: ViewFrame,
): NonNullable<SectionsView['banners']> {
  if (effect instanceof Problem) {
    // The summary of the refused form says it already.
    if (form?.problem?.code === effect.code) return [];
    const { title, text } = wordProblem(effect, t, { problemTexts: 'company.problem' });
    const left = effect.code === 'claim-returned' ? Number(effect.facts['left'] ?? 0) : 0;
    return [
      {
        tone: 'warn',
        title,
        text: left > 0 ? t('company.refund.claim-left', { left: format.money(left) }) : text,
      },
    ];
  }
  if (effect.needsApproval === undefined) {
    if (form?.problem || mayAskAgain(form, hiddenOf(effect))) return [];
    const meanwhile = 'company.problem.illegal-state-refunded-meanwhile';
    return [{ tone: 'warn', title: t(`${meanwhile}.title`), text: t(`${meanwhile}.text`) }];
  }
  const why = effect.needsApproval === 'window' ? 'window' : 'company-day';
  return [{ tone: 'warn', title: t('company.refund.not-alone'), text: t(`company.refund.because-${why}`) }];
}

/** Another amount is previewed before it is refunded. */
function amountFilter({ charge, typed }: LoadedRefund, { t, form }: ViewFrame): FilterView {
  return {
    action: chargeHref(charge.id, 'refund'),
    fields: [
      {
        name: 'amount',
        label: t('company.refund.amount'),
        hint: t('company.refund.amount-hint'),
        inputmode: 'numeric',
        value: form?.values['amount'] ?? typed,
      },
    ],
    active: [],
    clearHref: chargeHref(charge.id, 'refund'),
    found: '',
    submit: t('company.refund.preview'),
  };
}

/** What the form sends of what the page has worked out. */
const hiddenOf = ({ amountMinor, refundedMinor }: RefundEffect) => ({
  amount: String(amountMinor),
  refunded: String(refundedMinor),
});

function confirmOf(chargeId: string, effect: RefundEffect, frame: ViewFrame): ConfirmView {
  const { t, format, language } = frame;
  const waiting = effect.company?.unsettledMonths ?? [];
  return {
    title: t('company.refund.question', { amount: format.money(effect.amountMinor) }),
    texts: [
      t(`company.refund.paid-${effect.paidBy}`),
      ...(waiting.length === 0
        ? []
        : [
            t('company.refund.unsettled', {
              months: waiting.map((month) => format.month(month)).join(t('company.and')),
            }),
          ]),
    ],
    facts: effectFacts(effect, frame),
    fields: [
      {
        name: 'reason',
        label: t('company.refund.reason'),
        hint: t('company.refund.reason-hint'),
        options: refundReasonCodes.map((value) => ({ value, label: refundReasons[value][language] })),
      },
      { name: 'note', label: t('company.refund.note'), isOptional: true },
      { name: 'reference', label: t('company.refund.reference'), isOptional: true },
    ],
    hidden: Object.entries(hiddenOf(effect)).map(([name, value]) => ({ name, value })),
    formName: 'company.refund-form',
    action: chargeHref(chargeId, 'refund'),
    label: t('company.refund.go'),
    back: chargeHref(chargeId),
  };
}

/** What it would do to the charge and to the company's settlement of the month that takes it. */
export function effectFacts(effect: RefundEffect, { t, format }: ViewFrame): FactView[] {
  const { charge, amountMinor, leftMinor, company, billingPeriod } = effect;
  const changed = (label: string, before: bigint, after: bigint): FactView => ({
    label,
    text: format.money(after),
    ...(before !== after && { was: format.money(before) }),
  });
  const month = format.month(billingPeriod);
  const { before, after } = company ?? {};
  return [
    { label: t('company.refund.captured'), text: format.money(charge.capturedMinor) },
    changed(t('company.refund.left'), leftMinor + amountMinor, leftMinor),
    ...(before && after
      ? [
          changed(t('company.refund.total', { month }), before.totalMinor, after.totalMinor),
          changed(t('company.refund.fee'), before.feeExTaxMinor, after.feeExTaxMinor),
          changed(t('company.refund.tax'), before.feeTaxMinor, after.feeTaxMinor),
          changed(t('company.refund.payout', { month }), before.payoutMinor, after.payoutMinor),
          ...(before.carriedOutMinor === after.carriedOutMinor
            ? []
            : [changed(t('company.refund.carried'), before.carriedOutMinor, after.carriedOutMinor)]),
        ]
      : [{ label: t('company.refund.payout', { month }), text: '', note: t('company.refund.no-terms') }]),
  ];
}
