import { defineEntity, p } from '@mikro-orm/mariadb';

export const BankRefundSchema = defineEntity({
  name: 'BankRefund',
  tableName: 'bank_refund',
  properties: {
    refundId: p.character().length(26).primary(),
    /**
     * `waiting` for the collection of what was charged; `payable` to the former holder; `paid`; `cancelled`: nothing was
     * collected, so nothing is paid back.
     */
    state: p.string().length(9).$type<'waiting' | 'payable' | 'paid' | 'cancelled'>(),
    amountMinor: p.bigint(),
    /** As much of the amount as was collected. */
    payableMinor: p.bigint().default('0'),
    /** The rest, which is cancelled against the debt. */
    cancelledMinor: p.bigint().default('0'),
    decidedOn: p.date().nullable(),
    /** Of the cancelled amount, what two people have reopened: it was collected after all, and is payable too. */
    lateMinor: p.bigint().default('0'),
    lateOn: p.date().nullable(),
    /** The approval that reopened it last. */
    lateApprovalId: p.character().length(26).nullable(),
    /** The payout that is owed now: 2 once it was reopened after it had been paid. */
    part: p.smallint().unsigned().default(1),
    /** What the parts before it have paid. */
    paidMinor: p.bigint().default('0'),
    payoutId: p.character().length(26).nullable(),
    paidOn: p.date().nullable(),
  },
});

/** What becomes of a refund by bank. */
export class BankRefund extends BankRefundSchema.class {}
BankRefundSchema.setClass(BankRefund);
