import { sql } from 'kysely';
import { canonicalSql } from '../database/guarded-records.ts';

const lineColumns = ['line_id', 'closing_group', 'status', 'monthly_limit_minor'];
const tenureColumns = ['valid_from', 'valid_to', 'holder', 'birth_date', 'email'];
/** Of a later migration: digests of tenures without any of them stay. */
const addedColumns = ['product', 'options', 'telephone', 'holder_kana', 'postal_code', 'address', 'building'];

/**
 * The digest of each line `l` with its tenures `h`, for a statement `FROM line l LEFT JOIN line_holder h … GROUP BY
 * l.line_id`: `digestLine` of the stored rows.
 */
export const lineDigestSql = sql<string>`CAST(CONV(LEFT(SHA2(CONCAT(${canonicalSql(lineColumns, 'l')},
  COALESCE(GROUP_CONCAT(IF(h.line_id IS NULL, NULL, CONCAT(';', ${canonicalSql(tenureColumns, 'h', { added: addedColumns })}))
    ORDER BY h.valid_from SEPARATOR ''), '')), 256), 16), 16, 10) AS UNSIGNED)`;

/** Number of lines and sum of their digests according to the audit trail: each import adds what it changed. */
export const recordedLines = sql`
  SELECT COALESCE(SUM(CAST(JSON_VALUE(facts, '$.linesDelta') AS SIGNED)), 0) AS line_count,
    COALESCE(SUM(CAST(JSON_VALUE(facts, '$.digestDelta') AS DECIMAL(38, 0))), 0) AS digest_sum
  FROM audit_entry WHERE record_table = 'line'`;
