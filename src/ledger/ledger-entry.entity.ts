import { defineEntity, p } from '@mikro-orm/mariadb';

/** What happened: ../ledger/README.md lists when each is posted, and the accounts it moves money between. */
export const entryKinds = [
  'authorization',
  'release',
  'capture',
  'cancellation',
  'expiry',
  'fee',
  'tax',
  'payout',
  'refund',
  'bank-refund',
  'refund-paid',
  'refund-cancelled',
  'refund-reopened',
  'collected',
  'uncollected',
  'collected-back',
  'uncollected-back',
  'clawback',
  'recovery',
  'loss',
  'loss-back',
  'set-up',
  'set-up-tax',
  'transfer-fee',
  'payout-sent',
  'payout-returned',
  'commission',
  'commission-tax',
] as const;

export type EntryKind = (typeof entryKinds)[number];

export const LedgerEntrySchema = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entry',
  properties: {
    businessDate: p.date().primary(),
    journalId: p.character().length(26).primary(),
    kind: p.string().length(16).$type<EntryKind>().primary(),
    debitAccount: p.integer().unsigned(),
    creditAccount: p.integer().unsigned(),
    amountMinor: p.bigint(),
    billingPeriod: p.character().length(7).nullable(),
  },
});

/** One amount moved from the credited to the debited account. */
export class LedgerEntry extends LedgerEntrySchema.class {}
LedgerEntrySchema.setClass(LedgerEntry);
