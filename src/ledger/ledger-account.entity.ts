import { defineEntity, p } from '@mikro-orm/mariadb';

export const LedgerAccountSchema = defineEntity({
  name: 'LedgerAccount',
  tableName: 'ledger_account',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    code: p.string().length(64),
    kind: p.string().length(32),
    companyId: p.integer().unsigned().nullable(),
  },
});

/** A ledger account; a balance is the projection of its entries. */
export class LedgerAccount extends LedgerAccountSchema.class {}
LedgerAccountSchema.setClass(LedgerAccount);
