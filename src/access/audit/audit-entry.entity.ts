import { defineEntity, p } from '@mikro-orm/mariadb';

export const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: p.character().length(26).primary(),
    at: p.datetime(3),
    actor: p.string().length(80),
    /** What stands before and after the colon of `actor`; written by the table. */
    actorKind: p.string().length(80).nullable().persist(false),
    actorIdentity: p.string().length(80).nullable().persist(false),
    action: p.string().length(60),
    subject: p.string().length(80),
    facts: p.json().$type<Record<string, unknown>>(),
    recordTable: p.string().length(24).nullable(),
    recordKey: p.string().length(60).nullable(),
    recordVersion: p.integer().unsigned().nullable(),
    recordDigest: p.character().length(64).nullable(),
  },
});

/** Who did what; append-only. One of a change of a guarded record names it (`guarded-records.ts`). */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
