import { defineEntity, p } from '@mikro-orm/mariadb';
import type { CommissionTerms } from './commission.rules.ts';

export const PartnerTermsSchema = defineEntity({
  name: 'PartnerTerms',
  tableName: 'partner_terms',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    companyId: p.integer().unsigned(),
    partnerId: p.integer().unsigned(),
    /** First of a month; the version holds until the next one of the same company and partner. */
    validFrom: p.date(),
    paidBy: p.string().length(7).$type<'company' | 'carrier'>(),
    commission: p.json().$type<CommissionTerms>(),
    /** By which two people agreed to it; none in development. */
    approvalId: p.character().length(26).nullable(),
    createdAt: p.datetime(3),
  },
});

/** What a partner gets of a company's sales from a month on. Rows never change. */
export class PartnerTerms extends PartnerTermsSchema.class {}
PartnerTermsSchema.setClass(PartnerTerms);

export const PartnerServiceSchema = defineEntity({
  name: 'PartnerService',
  tableName: 'partner_service',
  properties: {
    serviceId: p.integer().unsigned().primary(),
    /** First of a month; holds until the next row of the service. */
    validFrom: p.date().primary(),
    /** None from the month on in which a partner has it no more. */
    partnerId: p.integer().unsigned().nullable(),
    termsId: p.integer().unsigned(),
  },
});

/** Whose sales those of a service are. Rows never change. */
export class PartnerService extends PartnerServiceSchema.class {}
PartnerServiceSchema.setClass(PartnerService);
