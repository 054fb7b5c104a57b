import { sql } from 'kysely';
import { clawbacksAreCovered } from './collections-add-up.ts';
import type { Invariant } from './invariant.types.ts';
import { authorizedCharges } from './authorized-charges.ts';
import { confirmedIsCharged } from './confirmed-on-page.ts';
import { renewalsFallDue } from './renewals-fall-due.ts';
import { isRefundedWhole, ofOwnInvoice } from './refunds.sql.ts';
import { sqlRule } from './sql-rule.ts';

const capturedWithinAmount = sqlRule('no charge is captured above its amount', ({ period }) => ({
  checks: sql`charge WHERE state = 'captured' AND ${period('billing_period')}`,
  broken: sql`
    SELECT id AS charge_id, amount_minor, captured_minor FROM charge
    WHERE ${period('billing_period')} AND (captured_minor > amount_minor OR captured_minor <= 0)`,
}));

const refundsAreCovered = sqlRule(
  'the refunds of a charge follow each other, are of its company and line, and no more than was captured',
  ({ period }) => ({
    checks: sql`refund WHERE ${period('charge_period')}`,
    broken: sql`
    SELECT r.charge_id, SUM(r.amount_minor) AS refunded_minor, MAX(r.refunded_before_minor + r.amount_minor) AS in_turn_minor,
      MAX(c.captured_minor) AS captured_minor, COUNT(*) AS refunds, SUM(c.state <=> 'captured' AND c.company_id <=> r.company_id
        AND c.service_id <=> r.service_id AND c.line_id <=> r.line_id AND c.holder_from <=> r.holder_from
        AND c.billing_period <=> r.charge_period AND c.closing_group <=> r.charge_group) AS of_charge
    FROM refund r LEFT JOIN charge c ON c.id = r.charge_id
    WHERE ${period('r.charge_period')} GROUP BY r.charge_id
    HAVING of_charge <> refunds OR in_turn_minor <> refunded_minor OR NOT refunded_minor <= captured_minor`,
  }),
);

const oneChargePerMonth = sqlRule('a subscription has one charge for a month', {
  checks: sql`charge WHERE subscription_id IS NOT NULL`,
  broken: sql`
    SELECT subscription_id, subscription_month, COUNT(*) AS charges FROM charge WHERE subscription_id IS NOT NULL
    GROUP BY subscription_id, subscription_month HAVING charges > 1`,
});

const monthIsCharge = sqlRule(
  'a charged month of a subscriber is one charge of that subscription and month, and a charge without its month is refunded',
  ({ period }) => ({
    checks: sql`subscription_month WHERE outcome = 'charged' AND ${period('month')}`,
    broken: sql`
    SELECT subscription_id, month, SUM(months) AS months, SUM(charges) AS charges FROM (
      SELECT subscription_id, month, charge_id, 1 AS months, 0 AS charges FROM subscription_month
      WHERE outcome = 'charged' AND ${period('month')}
      UNION ALL
      SELECT subscription_id, subscription_month, id, 0, 1 FROM charge
      WHERE subscription_id IS NOT NULL AND ${period('subscription_month')}
    ) AS u GROUP BY subscription_id, month, charge_id
    HAVING charges <> 1 OR (months <> 1 AND NOT (months = 0 AND ${isRefundedWhole('u.charge_id')}))`,
  }),
);

const renewedIsSettled = sqlRule(
  'the month through which a subscription is renewed has been settled',
  ({ period }) => ({
    checks: sql`subscription WHERE ${period('renewed_through')}`,
    broken: sql`
    SELECT s.id AS subscription_id, s.state, s.renewed_through FROM subscription s
    LEFT JOIN subscription_month m ON m.subscriber_id = s.subscriber_id AND m.service_id = s.service_id
      AND m.item_code = s.item_code AND m.month = s.renewed_through
    WHERE s.renewed_through IS NOT NULL AND m.month IS NULL AND ${period('s.renewed_through')}`,
  }),
);

const spentIsBooked = sqlRule(
  'what a tenure has booked in a billing period is what is captured in it, less what of that its invoice gives back',
  ({ period }) => ({
    checks: sql`line_period WHERE ${period('period')}`,
    broken: sql`
    SELECT line_id, holder_from, period, SUM(spent) AS spent_minor, SUM(charged) AS charged_minor FROM (
      SELECT line_id, holder_from, period, spent_minor AS spent, 0 AS charged FROM line_period WHERE ${period('period')}
      UNION ALL
      SELECT line_id, holder_from, billing_period, 0, captured_minor FROM charge
      WHERE state = 'captured' AND ${period('billing_period')}
      UNION ALL
      SELECT line_id, holder_from, billing_period, 0, -amount_minor FROM refund
      WHERE ${ofOwnInvoice('refund')} AND ${period('billing_period')}
    ) AS u GROUP BY line_id, holder_from, period HAVING spent_minor <> charged_minor`,
  }),
);

const heldIsOpen = sqlRule('what a tenure holds is its open authorizations and accepted uses', {
  checks: sql`tenure_hold`,
  broken: sql`
    SELECT line_id, holder_from, SUM(held) AS held_minor, SUM(open) AS open_minor FROM (
      SELECT line_id, holder_from, held_minor AS held, 0 AS open FROM tenure_hold WHERE held_minor <> 0
      UNION ALL
      SELECT line_id, holder_from, 0, amount_minor FROM open_authorization
      UNION ALL
      SELECT line_id, holder_from, 0, amount_minor FROM usage_hold
    ) AS u GROUP BY line_id, holder_from HAVING held_minor <> open_minor`,
});

const openIsAuthorized = sqlRule('an open authorization is an authorized charge, with its amount and buyer', {
  checks: authorizedCharges,
  broken: sql`
    SELECT charge_id, SUM(listed) AS listed, SUM(authorized) AS authorized FROM (
      SELECT charge_id, line_id, holder_from, subscriber_id, amount_minor, 1 AS listed, 0 AS authorized FROM open_authorization
      UNION ALL
      SELECT h.id, h.line_id, h.holder_from, h.subscriber_id, h.amount_minor, 0, 1 FROM ${authorizedCharges}
    ) AS u GROUP BY charge_id, line_id, holder_from, subscriber_id, amount_minor HAVING listed <> authorized`,
});

/** Maximum difference between the clocks of two machines, for the order of an agreement, a sale and an end. */
const tolerance = sql`INTERVAL 1 MINUTE`;

/**
 * Finds for each charge, in one pass, the confirmed checkout of the one-time charge, of the consent of a usage charge or of
 * the subscription of a month, and checks that the charge is within the agreement. A use is recorded at `created_at`, even
 * if it happened long before.
 */
const chargeIsAgreed = sqlRule(
  'a captured charge is one that its subscriber has agreed to',
  ({ period }) => ({
    checks: sql`charge WHERE state = 'captured' AND ${period('billing_period')}`,
    broken: sql`
    SELECT c.id AS charge_id, c.kind, c.company_id, c.line_id, c.captured_minor, k.state AS checkout_state,
      a.state AS consent_state, s.state AS subscription_state, m.outcome AS month_outcome
    FROM charge c
    LEFT JOIN checkout k ON k.subject_id = COALESCE(c.consent_id, c.subscription_id, c.id)
    LEFT JOIN consent a ON a.id = c.consent_id
    LEFT JOIN subscription s ON s.id = c.subscription_id
    LEFT JOIN subscription_month m ON m.subscriber_id = c.subscriber_id AND m.service_id = c.service_id
      AND m.item_code = s.item_code AND m.month = c.subscription_month
    LEFT JOIN subscriber p ON p.id = c.subscriber_id
    WHERE c.state = 'captured' AND ${period('c.billing_period')} AND (
      k.state <=> 'confirmed' AND k.company_id <=> c.company_id AND k.decided_at <= GREATEST(c.created_at, c.captured_at) + ${tolerance}
      AND (c.subscriber_id IS NULL OR (p.line_id <=> c.line_id AND p.holder_from <=> c.holder_from))
      AND CASE c.kind
        WHEN 'one_time' THEN k.kind = 'charge'
        WHEN 'usage' THEN k.kind = 'consent' AND a.state IN ('active', 'ended')
          AND a.company_id = c.company_id AND a.service_id = c.service_id AND a.subscriber_id <=> c.subscriber_id
          AND a.line_id <=> c.line_id AND a.holder_from <=> c.holder_from
          AND a.agreed_at <= c.created_at + ${tolerance}
          AND (a.ended_at IS NULL OR a.ended_at >= c.created_at - ${tolerance})
          AND (a.per_charge_max_minor IS NULL OR c.amount_minor <= a.per_charge_max_minor)
        ELSE k.kind = 'subscription' AND s.state IN ('active', 'leaving', 'ended')
          AND s.company_id = c.company_id AND s.service_id = c.service_id AND s.subscriber_id <=> c.subscriber_id
          AND s.line_id <=> c.line_id AND s.holder_from <=> c.holder_from
          AND s.amount_minor = c.amount_minor AND c.captured_minor = c.amount_minor AND s.tax_code = c.tax_code
          AND c.subscription_month >= LEFT(s.joined_on, 7)
          AND (s.left_on IS NULL OR c.subscription_month <= LEFT(s.left_on, 7))
          AND ((m.outcome <=> 'charged' AND m.charge_id <=> c.id AND m.subscription_id <=> c.subscription_id)
            OR ${isRefundedWhole('c.id')})
      END) IS NOT TRUE`,
  }),
);

export const limitsHold: Invariant = {
  number: 5,
  name: 'No more is taken than was agreed, and once for a subscription and period',
  rules: [
    capturedWithinAmount,
    oneChargePerMonth,
    monthIsCharge,
    renewedIsSettled,
    renewalsFallDue,
    spentIsBooked,
    heldIsOpen,
    openIsAuthorized,
    chargeIsAgreed,
    confirmedIsCharged,
    refundsAreCovered,
    clawbacksAreCovered,
  ],
};
