import { defineEntity, p } from '@mikro-orm/mariadb';

export const SettlementSchema = defineEntity({
  name: 'Settlement',
  tableName: 'settlement',
  properties: {
    id: p.character().length(26).primary(),
    companyId: p.integer().unsigned(),
    billingPeriod: p.character().length(7),
    contractId: p.integer().unsigned(),
    number: p.string().length(24),
    state: p.string().length(10).$type<'draft' | 'rejected' | 'approved' | 'paid'>(),
    settledOn: p.date(),
    billedMinor: p.bigint(),
    refundedMinor: p.bigint(),
    lineCount: p.integer().unsigned(),
    itemCount: p.integer().unsigned(),
    /** Invoice items it covers: refunds, and charges that do not count because they were refunded, included. */
    invoicedItemCount: p.integer().unsigned().nullable(),
    tariffCode: p.string().length(32),
    tariffFrom: p.date(),
    feeBranch: p.string().length(10).$type<'minimum' | 'percent' | 'band'>(),
    feeExTaxMinor: p.bigint(),
    feeTaxRateBps: p.smallint().unsigned(),
    feeTaxMinor: p.bigint(),
    carriedInMinor: p.bigint(),
    payoutMinor: p.bigint(),
    carriedOutMinor: p.bigint(),
    payoutOn: p.date(),
    createdAt: p.datetime(3),
    /** How it was calculated: 1 with the set-up fee as a part of the fee, 2 with one of its own. */
    ruleVersion: p.tinyint().unsigned(),
    legalModel: p.string().length(10).$type<'agency' | 'assignment'>(),
    settlementBasis: p.string().length(9).$type<'billed' | 'collected'>(),
    feeTaxable: p.boolean(),
    setUpExTaxMinor: p.bigint(),
    setUpTaxMinor: p.bigint(),
    /** What the company pays of its partners' commissions, tax included. */
    commissionMinor: p.bigint().default('0'),
    /** Of what lines did not pay, and of what they paid later. */
    clawbackMinor: p.bigint(),
    recoveryMinor: p.bigint(),
    transferFeeMinor: p.bigint(),
    /** Why its payout waits; null where it does not. */
    heldReason: p.string().length(300).nullable(),
    rejectedReason: p.string().length(300).nullable(),
    /** Counts its drafts: 1 for the first. */
    revision: p.smallint().unsigned().default(1),
    approvalId: p.character().length(26).nullable(),
    approvedAt: p.datetime(3).nullable(),
    /** The contract whose set-up fee it bills. Written by the table: one settlement bills it. */
    setUpOf: p.integer().unsigned().nullable().persist(false),
  },
});

/** What the carrier owes a company for a billing period, and the fee it bills. */
export class Settlement extends SettlementSchema.class {}
SettlementSchema.setClass(Settlement);
