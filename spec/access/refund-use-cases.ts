import { previewRefund } from '../../src/refund-effects/preview-refund.ts';
import { cancelMonth } from '../../src/refunds/cancel-month.ts';
import { listRefundAccounts } from '../../src/refunds/refund-account.queries.ts';
import { proposeRefund } from '../../src/refunds/refund-approval.ts';
import { refundCharge } from '../../src/refunds/refund-charge.ts';
import { getRefund, listRefunds, listRefundsOfCharge } from '../../src/refunds/refund.queries.ts';
import { proposeReopening } from '../../src/refunds/reopen-refund-approval.ts';
import type { UseCaseRow } from './use-case-table.ts';

const reason = 'requested';

/** What is given back; the columns are those of use-case-table.ts. */
export const refundUseCases: Readonly<Record<string, UseCaseRow>> = {
  refundCharge: {
    rule: '+0- +0- ------ +++--- -',
    run: (tx, actor, { sold }) => refundCharge(tx, actor, { chargeId: sold, reason }),
  },
  previewRefund: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { sold }) => previewRefund(tx, actor, { chargeId: sold }),
  },
  listRefundAccounts: {
    rule: '--- --- ------ ++++-+ -',
    run: (tx, actor, { sale }) => listRefundAccounts(tx, actor, sale.buyer),
  },
  proposeRefund: {
    // A company asks the support centre; what is not its own it does not even find.
    rule: '-0- -0- ------ +++--- -',
    run: (tx, actor, { sold }) =>
      proposeRefund(tx, actor, { refund: { chargeId: sold, reason }, why: 'a letter' }),
  },
  proposeReopening: {
    rule: '--- --- ------ +++--- -',
    but: 'refund-not-found',
    run: (tx, actor) =>
      proposeReopening(tx, actor, { refundId: '01JV5Q8Z3M7N2X4K6T9W1B0C5D', why: 'a letter' }),
  },
  cancelMonth: {
    rule: '+0- +0- ------ +++--- -',
    // Its charge day has not come.
    but: 'month-not-charged',
    run: (tx, actor, { joined }) => cancelMonth(tx, actor, { subscriptionId: joined, month: '2026-05' }),
  },
  getRefund: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { refunded }) => getRefund(tx, actor, refunded),
  },
  listRefundsOfCharge: {
    rule: '+0- +0- ------ ++++-+ -',
    run: (tx, actor, { sold }) => listRefundsOfCharge(tx, actor, { chargeId: sold, limit: 5 }),
  },
  listRefunds: {
    rule: '++- ++- ------ ++++-+ -',
    run: (tx, actor) => listRefunds(tx, actor, { limit: 10 }),
  },
};
