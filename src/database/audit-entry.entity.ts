import { defineEntity, p } from '@mikro-orm/mariadb';

export const AuditEntrySchema = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_entry',
  properties: {
    id: p.character().length(26).primary(),
    at: p.datetime(3),
    actor: p.string().length(80),
    action: p.string().length(60),
    subject: p.string().length(80),
    facts: p.json().$type<Record<string, unknown>>(),
  },
});

/** Who did what; append-only. */
export class AuditEntry extends AuditEntrySchema.class {}
AuditEntrySchema.setClass(AuditEntry);
