import { defineEntity, p } from '@mikro-orm/mariadb';
import type { Selectable } from 'kysely';
import type { BankAccountTerms } from '../bank-accounts/bank-account.rules.ts';
import type { Tables } from '../database/sql.ts';
import type { ZenginTransfer } from './zengin-file.rules.ts';
import type { PayoutState } from './payout.rules.ts';

export const PayoutSchema = defineEntity({
  name: 'Payout',
  tableName: 'payout',
  properties: {
    id: p.character().length(26).primary(),
    runId: p.character().length(26),
    /** 1 for the first transfer of the run, without a gap; with the run's number what the bank returns with its results. */
    lineNumber: p.integer().unsigned(),
    kind: p.string().length(10).$type<'settlement' | 'refund'>(),
    settlementId: p.character().length(26).nullable(),
    refundId: p.character().length(26).nullable(),
    /** Of a refund that was reopened after it had been paid: 2 for what came later; 1 for everything else. */
    part: p.smallint().unsigned().default(1),
    /** None for the refund of a former holder. */
    companyId: p.integer().unsigned().nullable(),
    amountMinor: p.bigint(),
    /** When it was due; `payOn` is later when the approval came late. */
    dueOn: p.date(),
    payOn: p.date(),
    /** Of the company's accounts, or of the former holder's. */
    accountVersion: p.smallint().unsigned(),
    /** The account as the file names it, with names in half-width kana, or in letters of a euro transfer. */
    bankCode: p.character().length(4),
    bankName: p.string().length(15),
    branchCode: p.character().length(3),
    branchName: p.string().length(15),
    accountType: p.string().length(8).$type<BankAccountTerms['accountType']>(),
    accountNumber: p.character().length(7),
    payee: p.string().length(70),
    /** Of an account in the single euro payments area, which has none of the codes above; empty for one in Japan. */
    iban: p.string().length(34).default(''),
    bic: p.string().length(11).default(''),
    accountNews: p.string().length(7).$type<ZenginTransfer['accountNews']>(),
    /** The returned payout in place of which this one is sent. */
    replacesId: p.character().length(26).nullable(),
    state: p.string().length(8).$type<PayoutState>(),
    /** When the bank settled or returned it. */
    resultOn: p.date().nullable(),
    returnedReason: p.string().length(100).nullable(),
    createdAt: p.datetime(3),
    /** Whether it may reach its payee or has: a settlement or a refund has one such payout. Computed by the database. */
    isLive: p.boolean().nullable().persist(false),
  },
});

/** One transfer that the bank is ordered to make. Its amount and account never change. */
export class Payout extends PayoutSchema.class {}
PayoutSchema.setClass(Payout);

/** The row as statements read it. */
export type PayoutRow = Selectable<Tables['payout']>;
