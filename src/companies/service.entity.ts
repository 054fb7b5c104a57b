import { defineEntity, p } from '@mikro-orm/mariadb';

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
    state: p.string().length(10).$type<'active' | 'suspended'>(),
    createdAt: p.datetime(3),
  },
});

/** What a company sells under its own name. */
export class Service extends ServiceSchema.class {}
ServiceSchema.setClass(Service);
