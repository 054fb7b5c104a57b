import { previewRefund, type RefundEffect } from '../../../refund-effects/preview-refund.ts';
import { proposeRefund } from '../../../refunds/refund-approval.ts';
import { refundCharge } from '../../../refunds/refund-charge.ts';
import { refundReasonCodes } from '../../../refunds/refund-reason.rules.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { Problem } from '../../../shared/problem.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { definePage } from '../../kit/define-page.ts';
import { choiceField, moneyField, optional, textField } from '../../kit/form-fields.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { loadCharge } from '../charges/charge.pages.ts';
import { chargeHref } from '../support-links.rules.ts';
import { refundView } from './refund.view.rules.ts';

const amount = moneyField('support.refund.amount', { max: MAX_AMOUNT_MINOR });

/** Asks before a refund, with what it would do to the next invoice and to the company's month. */
export const refundPage = definePage({
  name: 'support.refund',
  path: '/support/charges/:charge/refund',
  permission: 'refunds:write',
  under: '/support',
  query: {
    type: 'object',
    properties: { amount: { type: 'string', maxLength: 20 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, params, query }) => {
    const loaded = await loadCharge(deps, { actor, params });
    const typed = query.amount?.trim() ?? '';
    const read = typed === '' ? { value: undefined } : amount.read(typed);
    const input = { chargeId: loaded.charge.id, amountMinor: 'value' in read ? read.value : undefined };
    const effect: RefundEffect | Problem =
      'fault' in read
        ? new Problem('invalid-request')
        : await previewRefund(deps, actor, input).catch((error: unknown) => asProblem(error));
    return { ...loaded, typed, effect };
  },
  view: refundView,
  template: template<SectionsView>('kit/sections'),
});

/** What a refund refuses is said on the page, where another amount can be typed. */
function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}

const fields = {
  amount,
  refunded: moneyField('support.refund.amount', { max: MAX_AMOUNT_MINOR }),
  reason: choiceField('support.refund.reason', refundReasonCodes),
  note: optional(textField({ label: 'support.refund.note', maxLength: 200 })),
  reference: optional(textField({ label: 'support.refund.reference', maxLength: 64 })),
};

/** Refunds what was previewed: after another refund meanwhile, nothing. */
export const refundForm = defineForm({
  name: 'support.refund-form',
  path: '/support/charges/:charge/refund',
  permission: 'refunds:write',
  fields,
  submit: async (deps, { actor, params, input: { amount: amountMinor, refunded, ...input } }) => {
    const chargeId = requireStoredId('charge', params['charge']);
    await refundCharge(deps, actor, { ...input, chargeId, amountMinor, seenRefundedMinor: refunded });
    return chargeId;
  },
  done: (id) => ({ to: chargeHref(id), flash: 'support.refund.done' }),
  page: refundPage,
  pageQuery: ({ amount: text }) => ({ amount: text }),
});

/** Proposes a refund that one person may not make. */
export const proposeRefundForm = defineForm({
  name: 'support.propose-refund-form',
  path: '/support/charges/:charge/refund/propose',
  permission: 'refunds:write',
  fields: { ...fields, why: textField({ label: 'support.refund.why', maxLength: 300 }) },
  submit: async (deps, { actor, params, input: { amount: amountMinor, refunded, why, ...input } }) => {
    const chargeId = requireStoredId('charge', params['charge']);
    const refund = { ...input, chargeId, amountMinor, seenRefundedMinor: refunded };
    await proposeRefund(deps, actor, { refund, why });
    return chargeId;
  },
  done: (id) => ({ to: chargeHref(id), flash: 'support.refund.proposed' }),
  page: refundPage,
  pageQuery: ({ amount: text }) => ({ amount: text }),
});
