import { defineEntity, p } from '@mikro-orm/mariadb';
import type { BankAccountTerms } from './bank-account.rules.ts';

export const BankAccountSchema = defineEntity({
  name: 'BankAccount',
  tableName: 'bank_account',
  properties: {
    companyId: p.integer().unsigned().primary(),
    /** 1 for a company's first account, without a gap; the highest one is paid. */
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
    /** The approval by which it came; none for a first account that one person entered. */
    approvalId: p.character().length(26).nullable(),
    createdAt: p.datetime(3),
  },
});

/** Where a company is paid, and where it was paid before. Rows never change. */
export class BankAccount extends BankAccountSchema.class {}
BankAccountSchema.setClass(BankAccount);
