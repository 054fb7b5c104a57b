import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type Database } from '../database/transaction.ts';

/** An open case, and whose it is. */
export interface OpenCase {
  readonly number: string;
  readonly subscriberId: number | null;
  readonly lineId: string | null;
  readonly holderFrom: string | null;
}

/**
 * The open case of a purchase: one about it, or the case into which such a one was merged. By the key of the purchase; a chain of merges
 * is followed by primary keys.
 */
export async function findOpenCaseOf(deps: Database, subjectId: string): Promise<OpenCase | undefined> {
  const { rows } = await sql<OpenCase>`
    WITH RECURSIVE reported AS (
      SELECT number, merged_into, state FROM support_case WHERE subject_id = ${subjectId}
      UNION
      SELECT t.number, t.merged_into, t.state FROM reported r JOIN support_case t ON t.number = r.merged_into
    )
    SELECT c.number, c.subscriber_id AS subscriberId, c.line_id AS lineId, c.holder_from AS holderFrom
    FROM reported r JOIN support_case c ON c.number = r.number
    WHERE r.state <> 'closed' ORDER BY c.number DESC LIMIT 1`.execute(sqlOf(emOf(deps)));
  return rows[0];
}
