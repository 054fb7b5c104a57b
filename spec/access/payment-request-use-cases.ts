import { announcePaymentRequests } from '../../src/payment-requests/announce-payment-requests.ts';
import { confirmPaymentRequest } from '../../src/payment-requests/confirm-payment-request.ts';
import { createPaymentRequest } from '../../src/payment-requests/create-payment-request.ts';
import { declinePaymentRequest } from '../../src/payment-requests/decline-payment-request.ts';
import { expirePaymentRequests } from '../../src/payment-requests/expire-payment-requests.ts';
import {
  getOwnPaymentRequest,
  listOwnPaymentRequests,
} from '../../src/payment-requests/own-payment-requests.queries.ts';
import {
  getPaymentRequest,
  listPaymentRequests,
} from '../../src/payment-requests/payment-request.queries.ts';
import { withdrawPaymentRequest } from '../../src/payment-requests/withdraw-payment-request.ts';
import type { UseCaseRow } from './use-case-table.ts';

const stopping = new AbortController().signal;

function withoutReturn<T extends { readonly returnUrl: unknown }>(requested: T): Omit<T, 'returnUrl'> {
  const { returnUrl, ...sold } = requested;
  void returnUrl;
  return sold;
}

/** What companies ask people to pay, and what these do; the columns are those of use-case-table.ts. */
export const paymentRequestUseCases: Readonly<Record<string, UseCaseRow>> = {
  createPaymentRequest: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { requested }) =>
      createPaymentRequest(tx, actor, {
        ...withoutReturn(requested),
        toKind: 'telephone',
        to: '03-5550-1234',
      }),
  },
  getPaymentRequest: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { bill }) => getPaymentRequest(tx, actor, bill),
  },
  listPaymentRequests: {
    rule: '++- ++- ------ ++++-+ -',
    run: (tx, actor) => listPaymentRequests(tx, actor, { limit: 10 }),
  },
  withdrawPaymentRequest: {
    rule: '+0- +0- ------ ------ -',
    run: (tx, actor, { bill }) => withdrawPaymentRequest(tx, actor, { id: bill }),
  },
  confirmPaymentRequest: {
    rule: '--- --- +-+-0- ------ -',
    run: (tx, actor, { bill }) => confirmPaymentRequest(tx, actor, { id: bill }),
  },
  declinePaymentRequest: {
    rule: '--- --- ++++00 ------ -',
    run: (tx, actor, { bill }) => declinePaymentRequest(tx, actor, { id: bill }),
  },
  listOwnPaymentRequests: {
    rule: '--- --- +++++- ------ -',
    run: (tx, actor) => listOwnPaymentRequests(tx, actor),
  },
  getOwnPaymentRequest: {
    rule: '--- --- ++++0- ------ -',
    run: (tx, actor, { bill }) => getOwnPaymentRequest(tx, actor, bill),
  },
  announcePaymentRequests: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => announcePaymentRequests(tx, actor, { stopping }),
  },
  expirePaymentRequests: {
    rule: '--- --- ------ ------ +',
    run: (tx, actor) => expirePaymentRequests(tx, actor, { stopping }),
  },
};
