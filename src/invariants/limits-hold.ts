import { sql } from 'kysely';
import type { Invariant } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

const capturedWithinAmount = sqlRule('no charge is captured above its amount', {
  checks: sql`charge WHERE state = 'captured'`,
  broken: sql`
    SELECT id AS charge_id, amount_minor, captured_minor FROM charge
    WHERE captured_minor > amount_minor OR captured_minor <= 0`,
});

const oneChargePerMonth = sqlRule('a subscription has one charge for a month', {
  checks: sql`charge WHERE kind = 'monthly'`,
  broken: sql`
    SELECT subscription_id, subscription_month, COUNT(*) AS charges FROM charge WHERE subscription_id IS NOT NULL
    GROUP BY subscription_id, subscription_month HAVING charges > 1`,
});

const monthIsCharge = sqlRule(
  'a charged month of a subscriber is one charge of that subscription and month',
  {
    checks: sql`subscription_month WHERE outcome = 'charged'`,
    broken: sql`
    SELECT subscription_id, month, SUM(months) AS months, SUM(charges) AS charges FROM (
      SELECT subscription_id, month, charge_id, 1 AS months, 0 AS charges FROM subscription_month WHERE outcome = 'charged'
      UNION ALL
      SELECT subscription_id, subscription_month, id, 0, 1 FROM charge WHERE kind = 'monthly'
    ) AS u GROUP BY subscription_id, month, charge_id HAVING months <> 1 OR charges <> 1`,
  },
);

const spentIsReserved = sqlRule('what a line has spent in a period is what is captured and reserved in it', {
  checks: sql`line_period`,
  broken: sql`
    SELECT line_id, period, SUM(spent) AS spent_minor, SUM(charged) AS charged_minor FROM (
      SELECT line_id, period, spent_minor AS spent, 0 AS charged FROM line_period
      UNION ALL
      SELECT line_id, billing_period, 0, captured_minor FROM charge WHERE state = 'captured'
      UNION ALL
      SELECT line_id, reserved_period, 0, amount_minor FROM charge WHERE state = 'authorized'
    ) AS u GROUP BY line_id, period HAVING spent_minor <> charged_minor`,
});

export const limitsHold: Invariant = {
  number: 5,
  name: 'No more is taken than was agreed, and once for a subscription and period',
  rules: [capturedWithinAmount, oneChargePerMonth, monthIsCharge, spentIsReserved],
};
