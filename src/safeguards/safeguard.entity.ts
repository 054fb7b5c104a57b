import { defineEntity, p } from '@mikro-orm/mariadb';
import type { SafeguardKind } from './safeguard.rules.ts';

export const SafeguardSchema = defineEntity({
  name: 'Safeguard',
  tableName: 'safeguard',
  properties: {
    lineId: p.string().length(16).primary(),
    holderFrom: p.date().primary(),
    version: p.integer().unsigned().primary(),
    kind: p.string().length(13).$type<SafeguardKind>(),
    /** Null: the line as a whole. */
    subscriberId: p.integer().unsigned().nullable(),
    companyId: p.integer().unsigned().nullable(),
    /** Null: all services of the company. */
    serviceId: p.integer().unsigned().nullable(),
    /** Null: no limit. */
    limitMinor: p.bigint().nullable(),
    inForce: p.boolean(),
    /** First business date on which it counts. */
    validFrom: p.date(),
    setAt: p.datetime(3),
    setBy: p.string().length(80),
  },
});

/** One setting of what a line or an issued ID may buy. Rows never change: the newest that has begun is in force. */
export class Safeguard extends SafeguardSchema.class {}
SafeguardSchema.setClass(Safeguard);
