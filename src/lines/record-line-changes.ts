import { sql } from 'kysely';
import { runStatement } from '../database/statement-pipeline.ts';
import { writeStatement, type Statement } from '../database/statement.ts';
import type { AuditLine } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { lineDigestSql, recordedLines } from './line-digest.queries.ts';

/** What a transaction adds to the number of lines and to the sum of their digests. */
export interface LineDelta {
  readonly linesDelta: number;
  readonly digestDelta: bigint;
}

type LineAudit = Omit<AuditLine, 'changed'>;

/**
 * Writes the audit row for changes of lines or their holders, in the same transaction: one row for any number of
 * lines. An invariant compares the sum over all such rows with the sum over all lines.
 */
export async function recordLineDelta(
  tx: InTransaction<Deps>,
  audit: LineAudit,
  delta: LineDelta,
): Promise<void> {
  await runStatement(tx.em, insertLineDelta(tx, audit, delta));
}

/** The same as a statement, to be run with others. */
export function insertLineDelta(
  tx: InTransaction<Deps>,
  { actor, action, subject, facts }: LineAudit,
  { linesDelta, digestDelta }: LineDelta,
): Statement<void> {
  const id = tx.ids.next();
  const all = JSON.stringify({ ...facts, linesDelta, digestDelta: String(digestDelta) });
  return writeStatement(
    `INSERT INTO audit_entry (id, at, actor, action, subject, facts, record_table, record_key, record_version)
     VALUES (?, ?, ?, ?, ?, ?, 'line', ?, 1)`,
    [id, tx.clock.now(), actor, action, subject, all, id],
  );
}

/** Updates the digest of lines that this transaction locked and changed one by one, and writes their audit row. */
export async function recordLineChanges(
  tx: InTransaction<Deps>,
  audit: LineAudit,
  lineIds: readonly string[],
): Promise<void> {
  const before = await sumDigests(tx, lineIds);
  await sql`
    UPDATE line t JOIN (
      SELECT l.line_id, ${lineDigestSql} AS digest FROM line l LEFT JOIN line_holder h ON h.line_id = l.line_id
      WHERE l.line_id IN (${sql.join(lineIds)}) GROUP BY l.line_id
    ) d ON d.line_id = t.line_id SET t.digest = d.digest`.execute(sqlOf(tx.em));
  const digestDelta = (await sumDigests(tx, lineIds)) - before;
  await recordLineDelta(tx, audit, { linesDelta: 0, digestDelta });
}

/** Accepts all lines as they are now, with an audit row of the difference: for rows that were not changed by an import. */
export async function acceptLines(tx: InTransaction<Deps>, audit: LineAudit): Promise<void> {
  const query = sqlOf(tx.em);
  await sql`
    UPDATE line t JOIN (
      SELECT l.line_id, ${lineDigestSql} AS digest FROM line l LEFT JOIN line_holder h ON h.line_id = l.line_id
      GROUP BY l.line_id
    ) d ON d.line_id = t.line_id SET t.digest = d.digest WHERE NOT t.digest <=> d.digest`.execute(query);
  const { rows } = await sql<{ lines: string | number; digests: string | number }>`
    SELECT a.line_count - r.line_count AS \`lines\`, CAST(a.digest_sum - r.digest_sum AS CHAR) AS digests
    FROM (SELECT COUNT(*) AS line_count, COALESCE(SUM(digest), 0) AS digest_sum FROM line) a,
      (${recordedLines}) r`.execute(query);
  const delta = { linesDelta: Number(rows[0]?.lines ?? 0), digestDelta: BigInt(rows[0]?.digests ?? 0) };
  if (delta.linesDelta === 0 && delta.digestDelta === 0n) return;
  await recordLineDelta(tx, audit, delta);
}

async function sumDigests(tx: InTransaction<Deps>, lineIds: readonly string[]): Promise<bigint> {
  const { rows } = await sql<{ digests: string }>`
    SELECT CAST(COALESCE(SUM(digest), 0) AS CHAR) AS digests FROM line WHERE line_id IN (${sql.join(lineIds)})`.execute(
    sqlOf(tx.em),
  );
  return BigInt(rows[0]?.digests ?? 0);
}
