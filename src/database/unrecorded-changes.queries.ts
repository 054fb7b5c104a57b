import { sql, type RawBuilder } from 'kysely';
import {
  guardedRecords,
  isGuardedSql,
  recordDigestSql,
  recordKeySql,
  type GuardedTable,
} from './guarded-records.ts';

/** All guarded tables. */
export const guardedTables = Object.keys(guardedRecords) as GuardedTable[];

/** The audit row `a` of the latest change of each record of a table, with the record's key in `v`. */
const latest = (table: GuardedTable) => sql`
  (SELECT record_key, MAX(record_version) AS version FROM audit_entry WHERE record_table = ${table} GROUP BY record_key)`;

/** Rows of a guarded table that no audit row knows, or that differ from the latest one. */
export function changedUnrecorded(table: GuardedTable): RawBuilder<{ record_key: string }> {
  return sql`
    SELECT ${table} AS record, ${recordKeySql(table, 't')} AS record_key, a.record_version AS version, a.id AS audit_entry
    FROM ${sql.table(table)} t
    LEFT JOIN ${latest(table)} v ON v.record_key = ${recordKeySql(table, 't')}
    LEFT JOIN audit_entry a ON a.record_table = ${table} AND a.record_key = v.record_key AND a.record_version = v.version
    WHERE ${isGuardedSql(table, 't')} AND NOT a.record_digest <=> ${recordDigestSql(table, 't')}`;
}

/** Records that the audit trail knows and that are not there any more. */
export function removedUnrecorded(table: GuardedTable): RawBuilder<{ record_key: string }> {
  return sql`
    SELECT ${table} AS record, v.record_key, a.record_version AS version, a.id AS audit_entry
    FROM ${latest(table)} v
    JOIN audit_entry a ON a.record_table = ${table} AND a.record_key = v.record_key AND a.record_version = v.version
    LEFT JOIN (SELECT DISTINCT ${recordKeySql(table, 't')} AS record_key FROM ${sql.table(table)} t
      WHERE ${isGuardedSql(table, 't')}) k ON k.record_key = v.record_key
    WHERE a.record_digest IS NOT NULL AND k.record_key IS NULL`;
}
