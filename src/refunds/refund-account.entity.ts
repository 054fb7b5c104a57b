import { defineEntity, p } from '@mikro-orm/mariadb';
import type { BankAccountTerms } from '../bank-accounts/bank-account.rules.ts';

export const RefundAccountSchema = defineEntity({
  name: 'RefundAccount',
  tableName: 'refund_account',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    /** 1 for the first account of a tenure, without a gap; the highest one is paid. */
    version: p.smallint().unsigned().primary(),
    bankCode: p.character().length(4),
    bankName: p.string().length(60),
    branchCode: p.character().length(3),
    branchName: p.string().length(60),
    accountType: p.string().length(8).$type<BankAccountTerms['accountType']>(),
    accountNumber: p.character().length(7),
    accountHolder: p.string().length(70),
    /** Of an account in the single euro payments area, which has none of the codes above; empty for one in Japan. */
    iban: p.string().length(34).default(''),
    bic: p.string().length(11).default(''),
    approvalId: p.character().length(26),
    createdAt: p.datetime(3),
  },
});

/** Where the former holder of a line is paid. Rows never change. */
export class RefundAccount extends RefundAccountSchema.class {}
RefundAccountSchema.setClass(RefundAccount);
