import { defineEntity, p } from '@mikro-orm/mariadb';

export const CompanySchema = defineEntity({
  name: 'Company',
  tableName: 'company',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    code: p.string().length(32),
    name: p.string().length(120),
    nameEn: p.string().length(120),
    address: p.string().length(240),
    registrationNumber: p.character().length(14).nullable(),
    registeredFrom: p.date().nullable(),
    registeredTo: p.date().nullable(),
    state: p.string().length(10).$type<'active' | 'suspended'>(),
    /** Whether its people need a second factor to sign in; false by its contract alone. */
    requiresSecondFactor: p.boolean().default(true),
    /** To which statements are sent. */
    billingEmail: p.string().length(254).nullable(),
    /** Of statements; Japanese without. */
    billingLanguage: p.character().length(2).$type<'ja' | 'en'>().nullable(),
    createdAt: p.datetime(3),
  },
});

/** A content company: sells under its services, is paid by settlement. */
export class Company extends CompanySchema.class {}
CompanySchema.setClass(Company);
