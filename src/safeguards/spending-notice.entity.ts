import { defineEntity, p } from '@mikro-orm/mariadb';

/** An amount at which the holder of a line gets a mail, once a billing period. */
export const SpendingNoticeSchema = defineEntity({
  name: 'SpendingNotice',
  tableName: 'spending_notice',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    amountMinor: p.bigint().unsigned().primary(),
  },
});

/** That mail of one billing period has been queued. */
export const SpendingNoticeSentSchema = defineEntity({
  name: 'SpendingNoticeSent',
  tableName: 'spending_notice_sent',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    period: p.character().length(7).primary(),
    amountMinor: p.bigint().unsigned().primary(),
    queuedAt: p.datetime(3),
  },
});

/** A tenure whose holder gets a mail at every purchase. */
export const PurchaseMailSchema = defineEntity({
  name: 'PurchaseMail',
  tableName: 'purchase_mail',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    since: p.datetime(3),
  },
});
