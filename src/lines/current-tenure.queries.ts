import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { Problem } from '../shared/problem.ts';

/**
 * The tenure that a line is spoken of by today, by the rule of `currentTenure`: never that of the next holder, whom the line master may name
 * in advance, while somebody holds the line or has held it.
 * @throws Problem `line-not-found` for a line that is not there or that nobody ever holds.
 */
export async function getCurrentTenure(
  deps: Deps,
  lineId: string,
): Promise<{ readonly lineId: string; readonly holderFrom: string }> {
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_holder')
    .select('validFrom')
    .where('lineId', '=', lineId)
    .orderBy(({ eb }) => eb('validFrom', '>', today))
    .orderBy(sql`ABS(DATEDIFF(valid_from, ${today}))`)
    .limit(1)
    .executeTakeFirst();
  if (!row) throw new Problem('line-not-found');
  return { lineId, holderFrom: row.validFrom };
}
