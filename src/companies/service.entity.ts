import { defineEntity, p } from '@mikro-orm/mariadb';
import type { Platform } from './seller-terms.rules.ts';

export const ServiceSchema = defineEntity({
  name: 'Service',
  tableName: 'service',
  properties: {
    id: p.integer().unsigned().primary().autoincrement(),
    companyId: p.integer().unsigned(),
    code: p.string().length(32),
    name: p.string().length(120),
    nameEn: p.string().length(120),
    siteOrigin: p.string().length(255),
    /** Other sites to which buyers are sent back. */
    moreOrigins: p.json().$type<readonly string[]>().columnType('varchar(2600)').nullable(),
    state: p.string().length(10).$type<'active' | 'suspended'>(),
    createdAt: p.datetime(3),
    paidFor: p.string().length(120).nullable(),
    paidForEn: p.string().length(120).nullable(),
    delivery: p.string().length(400).nullable(),
    deliveryEn: p.string().length(400).nullable(),
    cancellation: p.string().length(800).nullable(),
    cancellationEn: p.string().length(800).nullable(),
    sellerAddress: p.string().length(240).nullable(),
    sellerAddressEn: p.string().length(240).nullable(),
    sellerTelephone: p.string().length(20).nullable(),
    contactEmail: p.string().length(254).nullable(),
    platform: p.string().length(20).$type<Platform>().nullable(),
    listedFrom: p.date().nullable(),
  },
});

/** What a company sells under its own name; its texts (seller-terms.rules.ts) are all there or none. */
export class Service extends ServiceSchema.class {}
ServiceSchema.setClass(Service);
