import { sql } from 'kysely';
import {
  changedUnrecorded,
  guardedTables,
  removedUnrecorded,
} from '../database/unrecorded-changes.queries.ts';
import { isGuardedSql, type GuardedTable } from '../database/guarded-records.ts';
import { lineDigestSql, recordedLines } from '../lines/line-digest.queries.ts';
import type { Invariant, OffendingRow, Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN, sqlRule } from './sql-rule.ts';

const recordIsAudited = overTables('a guarded record is what its latest audit row says', (table) => ({
  checks: sql`${sql.table(table)} t WHERE ${isGuardedSql(table, 't')}`,
  broken: changedUnrecorded(table),
}));

const recordStays = overTables('a guarded record that the audit trail knows is there', (table) => ({
  checks: sql`${sql.table(table)} t WHERE ${isGuardedSql(table, 't')}`,
  broken: removedUnrecorded(table),
}));

const trailIsGapless = sqlRule('the audit trail has every change of a guarded record', {
  checks: sql`audit_entry WHERE record_table IS NOT NULL`,
  broken: sql`
    SELECT record_table, record_key, COUNT(*) AS changes, MAX(record_version) AS version FROM audit_entry
    WHERE record_table IS NOT NULL GROUP BY record_table, record_key
    HAVING changes <> version OR MIN(record_version) <> 1`,
});

/** A change that was reverted before the check has left traces where it was used. */
const usedIsAudited = sqlRule(
  'what closed documents were made from is what the audit trail said then',
  ({ period }) => ({
    checks: sql`settlement_document WHERE NOT adopted`,
    broken: sql`
    SELECT u.used_by, u.record, u.record_key, u.version FROM (
      SELECT d.settlement_id AS used_by, 'contract' AS record, s.contract_id AS record_key, d.contract_version AS version,
        d.contract_digest AS digest FROM settlement_document d JOIN settlement s ON s.id = d.settlement_id WHERE NOT d.adopted
      UNION ALL
      SELECT d.settlement_id, 'company', s.company_id, d.company_version, d.company_digest
      FROM settlement_document d JOIN settlement s ON s.id = d.settlement_id WHERE NOT d.adopted
      UNION ALL
      SELECT CONCAT(p.billing_period, '/', p.closing_group), p.kind, p.party_id, p.record_version, p.record_digest
      FROM closed_period_party p WHERE p.kind <> 'issuer' AND p.record_digest IS NOT NULL AND ${period('p.billing_period')}
    ) AS u
    LEFT JOIN audit_entry a ON a.record_table = u.record AND a.record_key = CONVERT(u.record_key USING ascii) COLLATE ascii_bin
      AND a.record_version = u.version
    WHERE NOT a.record_digest <=> u.digest`,
  }),
);

const lineIsDigested = sqlRule('a line and those who hold it are what its last import or change left', {
  checks: sql`line`,
  broken: sql`
    SELECT l.line_id, l.digest, ${lineDigestSql} AS digest_now
    FROM line l LEFT JOIN line_holder h ON h.line_id = l.line_id
    GROUP BY l.line_id HAVING NOT digest <=> digest_now`,
});

const linesAreAudited = sqlRule('the lines are those that the audit trail has imports and changes of', {
  checks: sql`audit_entry WHERE record_table = 'line'`,
  broken: sql`
    SELECT l.line_count, r.line_count AS recorded_lines, l.digest_sum, r.digest_sum AS recorded_digest_sum
    FROM (SELECT COUNT(*) AS line_count, COALESCE(SUM(digest), 0) AS digest_sum FROM line) l, (${recordedLines}) r
    WHERE l.line_count <> r.line_count OR l.digest_sum <> r.digest_sum`,
});

/** A rule for every guarded table, one statement each. */
function overTables(
  sentence: string,
  ruleOf: (table: GuardedTable) => Extract<Parameters<typeof sqlRule>[1], object>,
): Rule {
  const rules = guardedTables.map((table) => sqlRule(sentence, ruleOf(table)));
  return {
    sentence,
    async find(snapshot, scope) {
      let [checked, count] = [0, 0];
      const offending: OffendingRow[] = [];
      for (const rule of rules) {
        const finding = await rule.find(snapshot, scope);
        checked += finding.checked;
        count += finding.count;
        offending.push(...finding.offending.slice(0, OFFENDING_SHOWN - offending.length));
      }
      return { checked, count, offending };
    },
  };
}

export const changesAreRecorded: Invariant = {
  number: 15,
  name: 'What people and money hang on changes only together with its audit row',
  rules: [recordIsAudited, recordStays, trailIsGapless, usedIsAudited, lineIsDigested, linesAreAudited],
};
