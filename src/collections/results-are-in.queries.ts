import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { addDays } from '../shared/calendar-date.rules.ts';

interface AwaitedMonth {
  readonly companyId: number;
  readonly period: string;
  readonly businessDate: string;
}

/**
 * Whether the month of a company that is settled on what is collected may be settled: every invoice of the six closing groups with an
 * item of the company has a result that is not pending, or the time to wait after the last due date is over
 * (`COLLECTION_WAIT_DAYS`). What is not collected then is clawed back in that settlement: `cutCollection`.
 */
export async function areResultsIn(
  deps: Deps,
  { companyId, period, businessDate }: AwaitedMonth,
): Promise<boolean> {
  const db = sqlOf(emOf(deps));
  const { lastDue } = await db
    .selectFrom('billing_period')
    .select(({ fn }) => fn.max('dueOn').as('lastDue'))
    .where('period', '=', period)
    .executeTakeFirstOrThrow();
  if (lastDue !== null && businessDate >= addDays(lastDue, deps.config.collectionWaitDays)) return true;
  const { rows } = await sql<{ number: string }>`
    SELECT l.number FROM line_invoice l LEFT JOIN invoice_collection c ON c.invoice_number = l.number
    WHERE l.billing_period = ${period} AND (c.state IS NULL OR c.state IN ('billed', 'pending')) AND EXISTS (
      SELECT 1 FROM invoice_item i WHERE i.billing_period = l.billing_period AND i.closing_group = l.closing_group
        AND i.line_id = l.line_id AND i.holder_from = l.holder_from AND i.company_id = ${companyId})
    LIMIT 1`.execute(db);
  return rows.length === 0;
}
