import { setLineLimit } from '../../../lines/set-line-limit.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { defineForm, type Done } from '../../kit/define-form.ts';
import { moneyField } from '../../kit/form-fields.ts';
import { lineHref } from './line-words.rules.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { lineLimitPage } from './lines.pages.ts';

const saved = (lineId: string): Done => ({ to: lineHref(lineId), flash: 'billing.line-limit.saved' });

/** The limit that the support centre sets for a line. */
export const lineLimitForm = defineForm({
  name: 'billing.line-limit-form',
  path: '/billing/lines/:line/limit',
  permission: 'lines:limit',
  fields: { amount: moneyField('billing.line-limit.amount', { max: MAX_AMOUNT_MINOR }) },
  submit: async (deps, { actor, params, input: { amount } }) => {
    const lineId = requireLineId(params['line']);
    await setLineLimit(deps, actor, { lineId, limitMinor: amount });
    return lineId;
  },
  done: saved,
  page: lineLimitPage,
});

/** Removes it: the limits of the carrier, the age and the holder stay. */
export const removeLimitForm = defineForm({
  name: 'billing.line-limit-remove',
  path: '/billing/lines/:line/limit/remove',
  permission: 'lines:limit',
  fields: {},
  submit: async (deps, { actor, params }) => {
    const lineId = requireLineId(params['line']);
    await setLineLimit(deps, actor, { lineId, limitMinor: null });
    return lineId;
  },
  done: saved,
  page: lineLimitPage,
});
