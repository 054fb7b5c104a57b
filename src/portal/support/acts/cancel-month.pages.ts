import { previewRefund, type RefundEffect } from '../../../refund-effects/preview-refund.ts';
import { cancelMonth } from '../../../refunds/cancel-month.ts';
import { getChargeOfMonth } from '../../../refunds/charge-of-month.queries.ts';
import { Problem } from '../../../shared/problem.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { getSubscription } from '../../../subscriptions/subscription.queries.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage, type ViewFrame } from '../../kit/define-page.ts';
import { optional, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { chargeHref } from '../support-links.rules.ts';
import { cancelMonthHref, refundHref } from './act-links.rules.ts';
import { effectFacts } from './refund.view.rules.ts';

/** @throws Problem `month-not-charged` */
function requireMonth(text: string | undefined): string {
  if (text !== undefined && /^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new Problem('month-not-charged', { facts: { month: text ?? '' } });
}

/** Asks before one month of a subscription is taken back; the subscription continues. */
export const cancelMonthPage = definePage({
  name: 'support.cancel-month',
  path: '/support/subscriptions/:subscription/months/:month/cancel',
  permission: 'refunds:write',
  under: '/support',
  load: async (deps, { actor, params }) => {
    const { id, description } = await getSubscription(
      deps,
      actor,
      requireStoredId('subscription', params['subscription']),
    );
    const month = requireMonth(params['month']);
    const chargeId = await getChargeOfMonth(deps, { subscriptionId: id, month });
    return { id, description, month, effect: await previewRefund(deps, actor, { chargeId }) };
  },
  view: cancelMonthView,
  template: template<SectionsView>('kit/sections'),
});

export const cancelMonthForm = defineForm({
  name: 'support.cancel-month-form',
  path: '/support/subscriptions/:subscription/months/:month/cancel',
  permission: 'refunds:write',
  fields: {
    note: textField({ label: 'support.refund.note', maxLength: 200 }),
    reference: optional(textField({ label: 'support.refund.reference', maxLength: 64 })),
  },
  submit: (deps, { actor, params, input }) => {
    const subscriptionId = requireStoredId('subscription', params['subscription']);
    return cancelMonth(deps, actor, { subscriptionId, month: requireMonth(params['month']), ...input });
  },
  done: ({ chargeId }) => ({ to: chargeHref(chargeId), flash: 'support.refund.done' }),
  page: cancelMonthPage,
});

interface Loaded {
  readonly id: string;
  readonly description: string;
  readonly month: string;
  readonly effect: RefundEffect;
}

function cancelMonthView({ id, description, month, effect }: Loaded, frame: ViewFrame): SectionsView {
  const { t, format } = frame;
  const chargeId = effect.charge.id;
  const isTooMuch = effect.needsApproval !== undefined;
  return {
    title: t('support.act.cancel-month'),
    crumbs: [{ href: chargeHref(chargeId), label: description }],
    banners: isTooMuch
      ? [
          {
            tone: 'warn',
            title: t('support.refund.needs-approval'),
            text: t('support.act.cancel-month.propose'),
            link: { href: refundHref(chargeId), label: t('support.act.refund') },
          },
        ]
      : [],
    sections: [],
    confirm: isTooMuch
      ? undefined
      : {
          title: t('support.act.cancel-month.question', { month: format.month(month) }),
          texts: [t('support.act.cancel-month.effect'), t(`support.refund.paid-${effect.paidBy}`)],
          facts: effectFacts(effect, frame),
          fields: [
            { name: 'note', label: t('support.refund.note'), hint: t('support.act.why-hint') },
            { name: 'reference', label: t('support.refund.reference'), isOptional: true },
          ],
          formName: 'support.cancel-month-form',
          action: cancelMonthHref(id, month),
          label: t('support.act.cancel-month'),
          back: chargeHref(chargeId),
          isDanger: true,
        },
  };
}
