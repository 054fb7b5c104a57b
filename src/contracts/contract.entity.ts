import { defineEntity, p } from '@mikro-orm/mariadb';

export const ContractSchema = defineEntity({
  name: 'Contract',
  tableName: 'contract',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    companyId: p.integer().unsigned(),
    tariffCode: p.string().length(32),
    legalModel: p.string().length(12).$type<'agency' | 'assignment'>(),
    validFrom: p.date(),
    validTo: p.date().nullable(),
    perChargeMaxMinor: p.bigint(),
    lateCharges: p.string().length(8).$type<'accept' | 'refuse'>(),
    authorizationDays: p.tinyint().unsigned(),
    payoutMonths: p.tinyint().unsigned(),
    payoutDay: p.tinyint().unsigned(),
    payoutBankDay: p.string().length(8).$type<'previous' | 'next'>(),
    settlementBasis: p.string().length(9).$type<'billed' | 'collected'>(),
    feeTaxable: p.boolean(),
    setUpFeeMinor: p.bigint(),
    minimumPayoutMinor: p.bigint(),
    feeBearer: p.string().length(7).$type<'carrier' | 'company'>(),
    transferFeeMinor: p.bigint(),
    refundDays: p.smallint().unsigned(),
    partialRefunds: p.boolean(),
    signedRequests: p.boolean().default(false),
    // Of contracts concluded before companies had bank accounts of their own; not read, and dropped with the next release.
    bankCode: p.character().length(4).nullable(),
    bankName: p.string().length(60).nullable(),
    branchCode: p.character().length(3).nullable(),
    branchName: p.string().length(60).nullable(),
    accountType: p.string().length(8).nullable(),
    accountNumber: p.character().length(7).nullable(),
    accountHolder: p.string().length(60).nullable(),
    createdAt: p.datetime(3),
  },
});

/** Company × tariff × legal model × payout terms, for whole months. */
export class Contract extends ContractSchema.class {}
ContractSchema.setClass(Contract);
