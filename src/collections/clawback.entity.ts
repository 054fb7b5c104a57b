import { defineEntity, p } from '@mikro-orm/mariadb';

export const ClawbackSchema = defineEntity({
  name: 'Clawback',
  tableName: 'clawback',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    /** That of the invoice: the original period. */
    billingPeriod: p.character().length(7),
    lineId: p.string().length(16),
    holderFrom: p.date(),
    invoiceNumber: p.string().length(24),
    chargeId: p.character().length(26),
    /** 1 for the first row of the charge. */
    position: p.smallint().unsigned(),
    kind: p.string().length(8).$type<'clawback' | 'recovery'>(),
    /** Above zero. */
    amountMinor: p.bigint(),
    bookedOn: p.date(),
    /** Of its entry in the ledger. */
    journalId: p.character().length(26),
    /** The settlement that has it; none while it waits for one. */
    settlementId: p.character().length(26).nullable(),
    createdAt: p.datetime(3),
  },
});

/** A part of a charge that a company with recourse gives back because it is uncollected, or gets back. Only its settlement changes. */
export class Clawback extends ClawbackSchema.class {}
ClawbackSchema.setClass(Clawback);
