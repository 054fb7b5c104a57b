import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/business-date.rules.ts';
import { formatCaseNumber } from './case.rules.ts';

/**
 * The next number of the year. It belongs to this transaction until its end, so others wait, and a case that is not stored
 * leaves no gap.
 */
export async function nextCaseNumber(tx: InTransaction<Deps>): Promise<string> {
  const year = Number(businessDateOf(tx.clock.now(), tx.config.timeZone).slice(0, 4));
  const sql = sqlOf(tx.em);
  await sql
    .insertInto('case_number')
    .values({ year, newest: 1 })
    .onDuplicateKeyUpdate(({ eb }) => ({ newest: eb('newest', '+', 1) }))
    .execute();
  const { newest } = await sql
    .selectFrom('case_number')
    .select('newest')
    .where('year', '=', year)
    .executeTakeFirstOrThrow();
  return formatCaseNumber(year, newest);
}
