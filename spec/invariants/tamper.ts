import { CompiledQuery, sql } from 'kysely';
import { sqlOf } from '../../src/database/sql.ts';
import type { Deps } from '../../src/deps.ts';

/**
 * Changes rows that the database refuses to change: takes the table's triggers, checks and foreign keys away for one
 * statement and puts the triggers back, as somebody with the rights of an administrator could.
 */
export async function tamper(deps: Deps, table: string, statement: string): Promise<void> {
  const { rows: triggers } = await sql<{
    name: string;
  }>`SELECT trigger_name AS name FROM information_schema.triggers
    WHERE trigger_schema = DATABASE() AND event_object_table = ${table}`.execute(sqlOf(deps.orm.em.fork()));
  await deps.orm.em.fork().transactional(async (em) => {
    const query = sqlOf(em);
    const run = (text: string) => query.executeQuery(CompiledQuery.raw(text));
    const bodies: string[] = [];
    for (const { name } of triggers) {
      const { rows } = await sql<Record<string, string>>`SHOW CREATE TRIGGER ${sql.ref(name)}`.execute(query);
      bodies.push(rows[0]!['SQL Original Statement']!);
      await run(`DROP TRIGGER ${name}`);
    }
    await run('SET SESSION check_constraint_checks = 0, foreign_key_checks = 0');
    try {
      const { numAffectedRows } = await run(statement);
      if (!numAffectedRows) throw new Error(`nothing was tampered with: ${statement}`);
    } finally {
      await run('SET SESSION check_constraint_checks = 1, foreign_key_checks = 1');
      for (const body of bodies) await run(body);
    }
  });
}
