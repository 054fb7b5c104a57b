import { sql } from 'kysely';
import type { Em } from './orm.ts';
import { sqlOf } from './sql.ts';

/** The rights of the user of this connection, as the server prints them; includes the rights of everybody. */
export async function listOwnGrants(em: Em): Promise<string[]> {
  const { rows } = await sql<Record<string, unknown>>`SHOW GRANTS`.execute(sqlOf(em));
  return rows.flatMap((row) => Object.values(row).map(String));
}
