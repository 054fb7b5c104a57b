import { defineEntity, p } from '@mikro-orm/mariadb';

export const CompanyCollectionSchema = defineEntity({
  name: 'CompanyCollection',
  tableName: 'company_collection',
  properties: {
    invoiceNumber: p.string().length(24).primary(),
    companyId: p.integer().unsigned().primary(),
    billingPeriod: p.character().length(7),
    legalModel: p.string().length(12).$type<'agency' | 'assignment'>(),
    /** The company's share of what is uncollected now. */
    uncollectedMinor: p.bigint(),
    /** All clawbacks from an agency's company, or all that the carrier bore of an assigned claim. */
    lostMinor: p.bigint(),
    /** All that was given back of it. */
    recoveredMinor: p.bigint(),
    changedOn: p.date(),
  },
});

/** What an uncollected invoice costs one company, or the carrier in its place. */
export class CompanyCollection extends CompanyCollectionSchema.class {}
CompanyCollectionSchema.setClass(CompanyCollection);
