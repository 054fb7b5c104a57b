import { defineEntity, p } from '@mikro-orm/mariadb';

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
    accountType: p.string().length(8).$type<'ordinary' | 'current' | 'savings' | 'other'>(),
    accountNumber: p.character().length(7),
    accountHolder: p.string().length(60),
    /** The approval by which it came; none for a first account that one person entered. */
    approvalId: p.character().length(26).nullable(),
    createdAt: p.datetime(3),
  },
});

/** Where a company is paid, and where it was paid before. Rows never change. */
export class BankAccount extends BankAccountSchema.class {}
BankAccountSchema.setClass(BankAccount);
