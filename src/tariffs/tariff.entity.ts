import { defineEntity, p } from '@mikro-orm/mariadb';
import type { TariffDefinition } from './tariff.rules.ts';

export const TariffSchema = defineEntity({
  name: 'Tariff',
  tableName: 'tariff',
  properties: {
    code: p.string().length(32).primary(),
    validFrom: p.date().primary(),
    name: p.string().length(120),
    nameEn: p.string().length(120),
    definition: p.json().$type<TariffDefinition>(),
    createdAt: p.datetime(3),
    /** By which two people added it; null for a tariff that no contract named, and in development. */
    approvalId: p.character().length(26).nullable(),
    /** Added before production began. Written by the table. */
    beforeProduction: p.boolean().default(false),
  },
});

/** A fee schedule and its first day; `definition` is a TariffDefinition. */
export class Tariff extends TariffSchema.class {}
TariffSchema.setClass(Tariff);
