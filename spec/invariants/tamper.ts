import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import type { Deps } from '../../src/deps.ts';
import { onServer } from '../support/test-server.ts';

/**
 * Changes rows that the database refuses to change: removes the table's triggers, checks and foreign keys for one
 * statement and restores the triggers, as an administrator could.
 */
export async function tamper({ config }: Deps, table: string, statement: string): Promise<void> {
  await onServer(config.migrationDatabaseUrl!, async (connection) => {
    const [triggers] = await connection.query<RowDataPacket[]>(
      `SELECT trigger_name AS name FROM information_schema.triggers
       WHERE trigger_schema = DATABASE() AND event_object_table = ? ORDER BY action_order`,
      [table],
    );
    const bodies: string[] = [];
    for (const { name } of triggers) {
      const [rows] = await connection.query<RowDataPacket[]>('SHOW CREATE TRIGGER ??', [name]);
      bodies.push(String(rows[0]?.['SQL Original Statement']));
      await connection.query('DROP TRIGGER ??', [name]);
    }
    await connection.query('SET SESSION check_constraint_checks = 0, foreign_key_checks = 0');
    try {
      const [result] = await connection.query<ResultSetHeader>(statement);
      if (!result.affectedRows) throw new Error(`nothing was tampered with: ${statement}`);
    } finally {
      for (const body of bodies) await connection.query(body);
    }
  });
}
