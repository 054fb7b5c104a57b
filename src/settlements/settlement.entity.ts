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
    state: p.string().length(10).$type<'draft' | 'approved' | 'paid'>(),
    settledOn: p.date(),
    billedMinor: p.bigint(),
    refundedMinor: p.bigint(),
    lineCount: p.integer().unsigned(),
    itemCount: p.integer().unsigned(),
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
  },
});

/** What the carrier owes a company for a billing period, and the fee it bills. */
export class Settlement extends SettlementSchema.class {}
SettlementSchema.setClass(Settlement);
