import { defineEntity, p } from '@mikro-orm/mariadb';

export const PartnerSchema = defineEntity({
  name: 'Partner',
  tableName: 'partner',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    code: p.string().length(32),
    name: p.string().length(120),
    nameEn: p.string().length(120),
    address: p.string().length(240),
    /** Of a registered issuer of qualified invoices; consumption tax comes on its commissions. */
    registrationNumber: p.string().length(14).nullable(),
    registeredFrom: p.date().nullable(),
    /** First day on which the registration holds no more. */
    registeredTo: p.date().nullable(),
    createdAt: p.datetime(3),
  },
});

/** Who brings sales to companies for a commission. Rows never change. */
export class Partner extends PartnerSchema.class {}
PartnerSchema.setClass(Partner);
