import { sql } from 'kysely';
import type { Invariant } from './invariant.types.ts';
import { authorizedCharges } from './authorized-charges.ts';
import { sqlRule } from './sql-rule.ts';

const capturedWithinAmount = sqlRule('no charge is captured above its amount', ({ period }) => ({
  checks: sql`charge WHERE state = 'captured' AND ${period('billing_period')}`,
  broken: sql`
    SELECT id AS charge_id, amount_minor, captured_minor FROM charge
    WHERE ${period('billing_period')} AND (captured_minor > amount_minor OR captured_minor <= 0)`,
}));

const oneChargePerMonth = sqlRule('a subscription has one charge for a month', {
  checks: sql`charge WHERE subscription_id IS NOT NULL`,
  broken: sql`
    SELECT subscription_id, subscription_month, COUNT(*) AS charges FROM charge WHERE subscription_id IS NOT NULL
    GROUP BY subscription_id, subscription_month HAVING charges > 1`,
});

const monthIsCharge = sqlRule(
  'a charged month of a subscriber is one charge of that subscription and month',
  ({ period }) => ({
    checks: sql`subscription_month WHERE outcome = 'charged' AND ${period('month')}`,
    broken: sql`
    SELECT subscription_id, month, SUM(months) AS months, SUM(charges) AS charges FROM (
      SELECT subscription_id, month, charge_id, 1 AS months, 0 AS charges FROM subscription_month
      WHERE outcome = 'charged' AND ${period('month')}
      UNION ALL
      SELECT subscription_id, subscription_month, id, 0, 1 FROM charge
      WHERE subscription_id IS NOT NULL AND ${period('subscription_month')}
    ) AS u GROUP BY subscription_id, month, charge_id HAVING months <> 1 OR charges <> 1`,
  }),
);

const spentIsReserved = sqlRule(
  'what a line has spent in a period is what is captured and reserved in it',
  ({ period }) => ({
    checks: sql`line_period WHERE ${period('period')}`,
    broken: sql`
    SELECT line_id, period, SUM(spent) AS spent_minor, SUM(charged) AS charged_minor FROM (
      SELECT line_id, period, spent_minor AS spent, 0 AS charged FROM line_period WHERE ${period('period')}
      UNION ALL
      SELECT line_id, billing_period, 0, captured_minor FROM charge WHERE state = 'captured' AND ${period('billing_period')}
      UNION ALL
      SELECT h.line_id, h.reserved_period, 0, h.amount_minor FROM ${authorizedCharges} WHERE ${period('h.reserved_period')}
    ) AS u GROUP BY line_id, period HAVING spent_minor <> charged_minor`,
  }),
);

export const limitsHold: Invariant = {
  number: 5,
  name: 'No more is taken than was agreed, and once for a subscription and period',
  rules: [capturedWithinAmount, oneChargePerMonth, monthIsCharge, spentIsReserved],
};
