import { defineEntity, p } from '@mikro-orm/mariadb';

export const LedgerEntrySchema = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entry',
  properties: {
    businessDate: p.date().primary(),
    journalId: p.character().length(26).primary(),
    kind: p
      .string()
      .length(16)
      .$type<'authorization' | 'release' | 'capture' | 'cancellation' | 'expiry' | 'fee' | 'tax' | 'payout'>()
      .primary(),
    debitAccount: p.integer().unsigned(),
    creditAccount: p.integer().unsigned(),
    amountMinor: p.bigint(),
    billingPeriod: p.character().length(7).nullable(),
  },
});

/** One amount moved from the credited to the debited account. */
export class LedgerEntry extends LedgerEntrySchema.class {}
LedgerEntrySchema.setClass(LedgerEntry);
