import { declinePaymentRequest } from '../../payment-requests/decline-payment-request.ts';
import { requireStoredId } from '../../shared/public-id.rules.ts';
import { defineForm } from '../kit/define-form.ts';
import { declineRequestPage } from './requests.pages.ts';
import { requestHref } from './requests.view.rules.ts';

/** Declines a request. */
export const declineRequestForm = defineForm({
  name: 'my.decline-payment-request-form',
  path: '/my/payment-requests/:id/decline',
  permission: 'own-payment-requests:decline',
  fields: {},
  submit: (deps, { actor, params }) =>
    declinePaymentRequest(deps, actor, { id: requireStoredId('payment-request', params['id']) }),
  done: ({ id }) => ({ to: requestHref(id), flash: 'my.request.declined' }),
  page: declineRequestPage,
});
