import { addresseeKinds, MAX_ADDRESSEE_LENGTH } from '../../../payment-requests/addressee.rules.ts';
import { createPaymentRequest } from '../../../payment-requests/create-payment-request.ts';
import { withdrawPaymentRequest } from '../../../payment-requests/withdraw-payment-request.ts';
import { MAX_AMOUNT_MINOR } from '../../../shared/money.ts';
import { requireStoredId } from '../../../shared/public-id.rules.ts';
import { defineForm } from '../../kit/define-form.ts';
import { choiceField, moneyField, optional, textField } from '../../kit/form-fields.ts';
import { requestHref } from '../company-links.rules.ts';
import { requestDays } from './new-request.view.rules.ts';
import { newRequestPage, withdrawPage } from './requests.pages.ts';

/** Sends a request, once from each page however often it is posted. */
export const newRequestForm = defineForm({
  name: 'company.new-payment-request-form',
  path: '/company/payment-requests/new',
  permission: 'payment-requests:write',
  fields: {
    key: textField({ label: 'company.request.number', maxLength: 26 }),
    toKind: choiceField('company.request.to-kind', addresseeKinds),
    to: textField({ label: 'company.request.to', maxLength: MAX_ADDRESSEE_LENGTH }),
    amount: moneyField('company.request.amount', { max: MAX_AMOUNT_MINOR }),
    description: textField({ label: 'company.request.purpose', maxLength: 120 }),
    service: textField({ label: 'company.charge.service', maxLength: 32 }),
    taxCode: choiceField('company.charge.tax', ['standard', 'reduced']),
    days: choiceField('company.request.days', requestDays),
    reference: optional(textField({ label: 'company.charge.reference', maxLength: 64 })),
  },
  submit: (deps, { actor, input: { key, amount, service, days, ...input } }) =>
    createPaymentRequest(deps, actor, {
      ...input,
      formKey: key,
      amountMinor: amount,
      serviceCode: service,
      days: Number(days),
    }),
  done: ({ id }) => ({ to: requestHref(id), flash: 'company.request.sent' }),
  page: newRequestPage,
});

/** Withdraws a request that nobody has decided. */
export const withdrawForm = defineForm({
  name: 'company.withdraw-payment-request-form',
  path: '/company/payment-requests/:request/withdraw',
  permission: 'payment-requests:write',
  fields: {},
  submit: (deps, { actor, params }) =>
    withdrawPaymentRequest(deps, actor, { id: requireStoredId('payment-request', params['request']) }),
  done: ({ id }) => ({ to: requestHref(id), flash: 'company.request.withdrawn' }),
  page: withdrawPage,
});
