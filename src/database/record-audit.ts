import type { Deps } from '../deps.ts';
import { AuditEntrySchema } from './audit-entry.entity.ts';
import type { InTransaction } from './transaction.ts';

/** One line of the audit trail. */
export interface AuditLine {
  /** Who: `staff:NAME`, `subscriber:…`, `job:NAME`; in development `cli:USER` too. */
  readonly actor: string;
  /** What, as `noun.verb`: `subscriber.issue`. */
  readonly action: string;
  /** To what, as `noun:identifier`: `subscriber:42`. */
  readonly subject: string;
  /** Never a secret. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Writes to the audit trail in the transaction of the change, so that neither is there without the other. */
export async function recordAudit(tx: InTransaction<Deps>, line: AuditLine): Promise<void> {
  await tx.em.insert(AuditEntrySchema, {
    id: tx.ids.next(),
    at: tx.clock.now(),
    actor: line.actor,
    action: line.action,
    subject: line.subject,
    facts: { ...line.facts },
  });
}
