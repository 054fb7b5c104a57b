import { sql } from 'kysely';
import type { Em } from './orm.ts';
import { sqlOf } from './sql.ts';

/** What the user of this connection may do, in the words of the server; what everybody may is in it. */
export async function listOwnGrants(em: Em): Promise<string[]> {
  const { rows } = await sql<Record<string, unknown>>`SHOW GRANTS`.execute(sqlOf(em));
  return rows.flatMap((row) => Object.values(row).map(String));
}
