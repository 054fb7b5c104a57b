import type { RefundEffect } from '../../../refund-effects/preview-refund.ts';
import { refundReasonCodes, refundReasons } from '../../../refunds/refund-reason.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import type { ConfirmView, FactView, FilterView } from '../../kit/component.types.ts';
import { mayAskAgain } from '../../kit/ask-again.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { wordProblem } from '../../kit/form-state.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import type { LoadedCharge } from '../charges/charge.pages.ts';
import { chargeHref } from '../support-links.rules.ts';
import { refundHref } from './act-links.rules.ts';

interface LoadedRefund extends LoadedCharge {
  /** The amount as typed; empty for all that is left. */
  readonly typed: string;
  readonly effect: RefundEffect | Problem;
}

/** The amount, what refunding it would do, and the question. */
export function refundView(loaded: LoadedRefund, frame: ViewFrame): SectionsView {
  const { charge, effect } = loaded;
  const { t, form } = frame;
  const isAsked = !(effect instanceof Problem) && mayAskAgain(form, hiddenOf(effect));
  return {
    title: t('support.act.refund'),
    crumbs: [{ href: chargeHref(charge.id), label: charge.description }],
    filter: amountFilter(loaded, frame),
    banners: bannersOf(effect, frame),
    sections: [],
    confirm: isAsked ? confirmOf(charge.id, effect, frame) : undefined,
  };
}

function bannersOf(
  effect: RefundEffect | Problem,
  { t, form }: ViewFrame,
): NonNullable<SectionsView['banners']> {
  if (effect instanceof Problem) {
    // The summary of the refused form says it already.
    if (form?.problem?.code === effect.code) return [];
    const { title, text } = wordProblem(effect, t, { problemTexts: 'support.problem' });
    return [{ tone: 'warn', title, text }];
  }
  if (form && !form.problem && !mayAskAgain(form, hiddenOf(effect))) {
    const meanwhile = 'support.problem.illegal-state-refunded-meanwhile';
    return [{ tone: 'warn', title: t(`${meanwhile}.title`), text: t(`${meanwhile}.text`) }];
  }
  const { needsApproval } = effect;
  return needsApproval === undefined || needsApproval === 'company-day'
    ? []
    : [
        {
          tone: 'warn',
          title: t('support.refund.needs-approval'),
          text: t(`support.refund.because-${needsApproval}`),
        },
      ];
}

/** Another amount is previewed before it is refunded. */
function amountFilter({ charge, typed }: LoadedRefund, { t, form }: ViewFrame): FilterView {
  return {
    action: refundHref(charge.id),
    fields: [
      {
        name: 'amount',
        label: t('support.refund.amount'),
        hint: t('support.refund.amount-hint'),
        inputmode: 'numeric',
        value: form?.values['amount'] ?? typed,
      },
    ],
    active: [],
    clearHref: refundHref(charge.id),
    found: '',
    submit: t('support.refund.preview'),
  };
}

/** What the form sends of what the page has worked out. */
const hiddenOf = ({ amountMinor, refundedMinor }: RefundEffect) => ({
  amount: String(amountMinor),
  refunded: String(refundedMinor),
});

function confirmOf(chargeId: string, effect: RefundEffect, frame: ViewFrame): ConfirmView {
  const { t, format, language } = frame;
  const isProposal = effect.needsApproval !== undefined;
  return {
    title: t(isProposal ? 'support.refund.propose-question' : 'support.refund.question', {
      amount: format.money(effect.amountMinor),
    }),
    texts: [t(`support.refund.paid-${effect.paidBy}`)],
    facts: effectFacts(effect, frame),
    fields: [
      {
        name: 'reason',
        label: t('support.refund.reason'),
        hint: t('support.refund.reason-hint'),
        options: refundReasonCodes.map((value) => ({ value, label: refundReasons[value][language] })),
      },
      { name: 'note', label: t('support.refund.note'), hint: t('support.act.why-hint'), isOptional: true },
      { name: 'reference', label: t('support.refund.reference'), isOptional: true },
      ...(isProposal ? [{ name: 'why', label: t('support.refund.why'), rows: 2 }] : []),
    ],
    hidden: Object.entries(hiddenOf(effect)).map(([name, value]) => ({ name, value })),
    formName: isProposal ? 'support.propose-refund-form' : 'support.refund-form',
    action: isProposal ? `${refundHref(chargeId)}/propose` : refundHref(chargeId),
    label: t(isProposal ? 'support.refund.propose' : 'support.refund.go'),
    back: chargeHref(chargeId),
  };
}

/** What it would do: to the charge, the next invoice, and the settlement of the company's month. */
export function effectFacts(effect: RefundEffect, frame: ViewFrame): FactView[] {
  const { charge, amountMinor, leftMinor, invoice, company, billingPeriod } = effect;
  const { t, format } = frame;
  const changed = (label: string, before: bigint, after: bigint): FactView => ({
    label,
    text: format.money(after),
    ...(before !== after && { was: format.money(before) }),
  });
  const month = format.month(billingPeriod);
  const { before, after } = company ?? {};
  return [
    changed(t('support.refund.left'), leftMinor + amountMinor, leftMinor),
    { label: t('support.refund.captured'), text: format.money(charge.capturedMinor) },
    ...(invoice
      ? [changed(t('support.refund.invoice', { month }), invoice.beforeMinor, invoice.afterMinor)]
      : []),
    ...(before && after
      ? [
          changed(t('support.refund.company-total', { month }), before.totalMinor, after.totalMinor),
          changed(t('support.refund.company-fee'), before.feeExTaxMinor, after.feeExTaxMinor),
          changed(t('support.refund.company-tax'), before.feeTaxMinor, after.feeTaxMinor),
          changed(t('support.refund.company-payout'), before.payoutMinor, after.payoutMinor),
        ]
      : []),
  ];
}
