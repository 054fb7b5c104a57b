import { setLineLimit } from '../../../lines/set-line-limit.ts';
import { invalidInput } from '../../../shared/check-input.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { defineForm } from '../../kit/define-form.ts';
import { checkField, moneyField, optional } from '../../kit/form-fields.ts';
import { lineHref } from './line-words.rules.ts';
import { lineLimitPage, requireLineId } from './lines.pages.ts';

/** The limit that the support centre sets for a line, or that there is none. */
export const lineLimitForm = defineForm({
  name: 'billing.line-limit-form',
  path: '/billing/lines/:line/limit',
  permission: 'lines:limit',
  fields: {
    amount: optional(moneyField('billing.line-limit.amount', { max: MAX_AMOUNT_MINOR })),
    none: checkField('billing.line-limit.none'),
  },
  submit: async (deps, { actor, params, input: { amount, none } }) => {
    const lineId = requireLineId(params['line']);
    if ((amount === undefined) !== none)
      throw invalidInput([{ pointer: '/amount', message: 'must be an amount, or none' }]);
    await setLineLimit(deps, actor, { lineId, limitMinor: amount ?? null });
    return lineId;
  },
  done: (lineId) => ({ to: lineHref(lineId), flash: 'billing.line-limit.saved' }),
  page: lineLimitPage,
});
