import { sql } from 'kysely';
import { findExcessRights, listMissingRights } from '../database/grants.rules.ts';
import { listOwnGrants } from '../database/own-grants.queries.ts';
import { sqlOf } from '../database/sql.ts';
import type { Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN, sqlRule } from './sql-rule.ts';

/**
 * Whether the database user of this check, which is that of the service, can read and write rows and nothing more. A
 * developer's own server may have one user for everything: without MIGRATION_DATABASE_URL the rule does not apply.
 */
export const rightsAreThose: Rule = {
  sentence: 'the service’s database user may read and write rows, and no more',
  async find({ em, config }) {
    if (config.mode === 'development' && config.migrationDatabaseUrl === undefined)
      return { checked: 0, count: 0, offending: [] };
    const lines = await listOwnGrants(em);
    const { rows } = await sql<{ name: string }>`SELECT DATABASE() AS name`.execute(sqlOf(em));
    const offending = [
      ...findExcessRights(lines).map((excess) => ({ excess })),
      ...listMissingRights(lines, rows[0]?.name ?? '').map((missing) => ({ missing })),
    ];
    return { checked: lines.length, count: offending.length, offending: offending.slice(0, OFFENDING_SHOWN) };
  },
};

/** With global settings an administrator can switch keys and checks off in all later sessions. */
export const serverChecksKeys = sqlRule('the server holds rows to their keys and checks', {
  checks: sql`(SELECT 1) AS s`,
  broken: sql`
    SELECT s.name AS switched_off FROM (
      SELECT 'foreign_key_checks' AS name, @@GLOBAL.foreign_key_checks AS is_on
      UNION ALL SELECT 'unique_checks', @@GLOBAL.unique_checks
      UNION ALL SELECT 'check_constraint_checks', @@GLOBAL.check_constraint_checks
    ) AS s WHERE s.is_on <> 1`,
});
