import { sqlRule } from './sql-rule.ts';
import { sql } from 'kysely';

/** A day after the first confirmation was kept: while a release is rolled out, processes of the former one still sell. */
const sinceKept = sql`k.decided_at >= (SELECT MIN(confirmed_at) + INTERVAL 1 DAY FROM confirmation)`;

const oneTimeOfCheckout = sql`
  charge c JOIN checkout k ON k.subject_id = c.id AND k.kind = 'charge' AND k.state = 'confirmed'
    AND ${sinceKept}`;

/** What was confirmed on the checkout's page is what was charged. */
export const confirmedIsCharged = sqlRule(
  'a one-time charge has the confirmation of its buyer, line and amount',
  ({ period }) => ({
    checks: sql`charge WHERE kind = 'one_time' AND captured_minor IS NOT NULL AND ${period('billing_period')}`,
    broken: sql`
    SELECT c.id AS charge_id, c.subscriber_id, c.line_id, c.amount_minor, n.id AS confirmation_id,
      n.subscriber_id AS confirmed_by, n.line_id AS confirmed_line, n.amount_minor AS confirmed_minor
    FROM ${oneTimeOfCheckout}
    LEFT JOIN confirmation n ON n.subject_id = c.id
    WHERE c.kind = 'one_time' AND c.captured_minor IS NOT NULL AND ${period('c.billing_period')} AND (
      n.subject_kind <=> 'charge' AND n.company_id <=> c.company_id AND n.subscriber_id <=> c.subscriber_id
      AND n.line_id <=> c.line_id AND n.holder_from <=> c.holder_from AND n.amount_minor <=> c.amount_minor
      AND n.confirmed_at BETWEEN k.decided_at - INTERVAL 1 MINUTE AND k.decided_at + INTERVAL 1 MINUTE) IS NOT TRUE`,
  }),
);
