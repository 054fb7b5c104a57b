import { defineEntity, p } from '@mikro-orm/mariadb';

export const PartnerCommissionSchema = defineEntity({
  name: 'PartnerCommission',
  tableName: 'partner_commission',
  properties: {
    /** Also the journal of its entries in the ledger. */
    id: p.character().length(26).primary(),
    settlementId: p.character().length(26),
    companyId: p.integer().unsigned(),
    partnerId: p.integer().unsigned(),
    billingPeriod: p.character().length(7),
    termsId: p.integer().unsigned(),
    paidBy: p.string().length(7).$type<'company' | 'carrier'>(),
    /** Of the partner's sales, as they are in the settlement; all from 0. */
    billedMinor: p.bigint(),
    refundedMinor: p.bigint(),
    clawbackMinor: p.bigint(),
    recoveryMinor: p.bigint(),
    /** Sales less those that were given back whole; negative when more of earlier months came back. */
    itemCount: p.integer(),
    /** The commission of the month before tax; negative when more was given back than sold. */
    earnedMinor: p.bigint(),
    /** The partner's balance with the company before and after; 0 or negative. */
    carriedInMinor: p.bigint(),
    carriedOutMinor: p.bigint(),
    /** What the partner gets, and the tax on it; both from 0. */
    exTaxMinor: p.bigint(),
    /** 0 for a partner that is not registered. */
    taxRateBps: p.smallint().unsigned(),
    taxMinor: p.bigint(),
    createdAt: p.datetime(3),
  },
});

/** What a partner gets of a company's month. Made with the settlement and final with it. */
export class PartnerCommission extends PartnerCommissionSchema.class {}
PartnerCommissionSchema.setClass(PartnerCommission);
