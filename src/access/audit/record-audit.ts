import { sql } from 'kysely';
import type { Clock } from '../../shared/clock.ts';
import type { Ids } from '../../shared/ids.ts';
import { AuditEntrySchema } from './audit-entry.entity.ts';
import {
  guardedRecords,
  recordDigestSql,
  recordKeySql,
  writeRecordKey,
  type GuardedTable,
  type RecordKey,
} from '../../database/guarded-records.ts';
import { sqlOf } from '../../database/sql.ts';
import type { Database, InTransaction } from '../../database/transaction.ts';

/** What an audit row takes of the dependencies of a use case. */
export interface AuditDeps extends Database {
  readonly clock: Clock;
  readonly ids: Ids;
}

/** One line of the audit trail. */
export interface AuditLine {
  /** Who, as `actorName` writes it: `staff:NAME`, `subscriber:…`, `job:NAME`. */
  readonly actor: string;
  /** What, as `noun.verb`: `subscriber.issue`. */
  readonly action: string;
  /** To what, as `noun:identifier`: `subscriber:42`. */
  readonly subject: string;
  /** Never a secret. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** The guarded row that was inserted or changed; written before, in the same transaction. */
  readonly changed?: ChangedRecord;
}

/** A row of a guarded table, by the values of its key. */
export interface ChangedRecord {
  readonly table: GuardedTable;
  readonly key: RecordKey;
}

/**
 * Writes to the audit trail in the transaction of the change, so that neither is there without the other. A changed
 * record's line has its next version and the digest of what it is now: an invariant compares it with the row.
 */
export async function recordAudit(tx: InTransaction<AuditDeps>, line: AuditLine): Promise<void> {
  if (line.changed) return recordChange(tx, line, line.changed);
  await tx.em.insert(AuditEntrySchema, {
    id: tx.ids.next(),
    at: tx.clock.now(),
    actor: line.actor,
    action: line.action,
    subject: line.subject,
    facts: { ...line.facts },
  });
}

/** The digest is the database's own, of the row as it has it. The row is locked by its change: versions do not race. */
async function recordChange(
  tx: InTransaction<AuditDeps>,
  { actor, action, subject, facts }: AuditLine,
  { table, key }: ChangedRecord,
): Promise<void> {
  const recordKey = writeRecordKey(key);
  const isRow = guardedRecords[table].key.map(
    (column, index) => sql`${sql.ref(`t.${column}`)} = ${key[index]}`,
  );
  const { numAffectedRows } = await sql`
    INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version, record_digest)
    SELECT ${tx.ids.next()}, ${tx.clock.now()}, ${actor}, ${action}, ${subject}, ${JSON.stringify({ ...facts })},
      ${table}, ${recordKeySql(table, 't')},
      1 + COALESCE((SELECT MAX(a.record_version) FROM audit_entry a
        WHERE a.record_table = ${table} AND a.record_key = ${recordKey}), 0),
      ${recordDigestSql(table, 't')}
    FROM ${sql.table(table)} t WHERE ${sql.join(isRow, sql` AND `)}`.execute(sqlOf(tx.em));
  if (Number(numAffectedRows) !== 1) throw new Error(`no ${table} ${recordKey} for its audit row`);
}
