import { sql } from 'kysely';
import { sqlRule } from './sql-rule.ts';

/** First day of the oldest month that is not billed yet. */
const openMonth = sql`IF(renewed_through >= LEFT(joined_on, 7),
  CAST(CONCAT(renewed_through, '-01') AS DATE) + INTERVAL 1 MONTH, CAST(CONCAT(LEFT(joined_on, 7), '-01') AS DATE))`;

/**
 * Recomputes `nextDueOn` of next-due-on.rules.ts. An earlier date is harmless: the night finds nothing due. With a later
 * one a month is billed too late.
 */
export const renewalsFallDue = sqlRule('no subscription has a due date after that of its next month', {
  checks: sql`subscription WHERE state IN ('active', 'leaving')`,
  broken: sql`
    SELECT subscription_id, state, next_due_on, falls_due_on FROM (
      SELECT id AS subscription_id, state, next_due_on, LEAST(COALESCE(left_on, '9999-12-31'),
        GREATEST(joined_on, LEAST(LAST_DAY(month_start), month_start + INTERVAL charge_day - 1 DAY))) AS falls_due_on
      FROM (SELECT *, ${openMonth} AS month_start FROM subscription WHERE state IN ('active', 'leaving')) AS live
    ) AS scheduled WHERE next_due_on IS NULL OR next_due_on > falls_due_on`,
});
