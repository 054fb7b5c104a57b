import { sql, type RawBuilder } from 'kysely';
import type { Invariant } from './invariant.types.ts';
import { ofOwnInvoice } from './refunds.sql.ts';
import { sqlRule } from './sql-rule.ts';

/** Digits of every limit, so that texts are ordered like amounts. */
const WIDTH = 19;

/** When a charge was allowed: a one-time charge when it was authorized, the others when they were created. */
const allowedAt = sql`IF(kind = 'one_time', authorized_at, created_at)`;

/**
 * The limit at the latest of some charges, in one pass: the greatest text of instant and limit. Among charges of the same
 * second the highest limit counts, because they may have waited for each other. Charges older than this rule have no known
 * limit and do not count.
 */
const latest = (limit: RawBuilder<unknown>) => sql`
  MAX(CONCAT(DATE_FORMAT(${allowedAt}, '%Y-%m-%d %H:%i:%s'), LPAD(${limit}, ${WIDTH}, '0')))`;

const limitOf = (text: string) => sql`CAST(RIGHT(${sql.ref(text)}, ${WIDTH}) AS SIGNED)`;

/** The limit of an issued ID without a limit of its own at that time. */
const NO_LIMIT = '9'.repeat(WIDTH - 1);

const tenureIsWithin = sqlRule(
  'what a tenure has booked in a billing period, less what its invoice gives back, is within the limit at the latest authorization among its charges',
  ({ period }) => ({
    checks: sql`line_period WHERE ${period('period')}`,
    broken: sql`
    SELECT b.line_id, b.holder_from, b.billing_period, booked_minor, given_back_minor, ${limitOf('latest')} AS limit_minor FROM (
      SELECT line_id, holder_from, billing_period, SUM(captured_minor) AS booked_minor,
        ${latest(sql`limit_minor`)} AS latest
      FROM charge WHERE state = 'captured' AND ${period('billing_period')}
      GROUP BY line_id, holder_from, billing_period
    ) AS b LEFT JOIN (
      SELECT r.line_id, r.holder_from, r.billing_period, SUM(r.amount_minor) AS given_back_minor FROM refund r
      WHERE ${ofOwnInvoice('r')} AND ${period('r.billing_period')} GROUP BY r.line_id, r.holder_from, r.billing_period
    ) AS g ON g.line_id = b.line_id AND g.holder_from = b.holder_from AND g.billing_period = b.billing_period
    WHERE booked_minor - COALESCE(given_back_minor, 0) > ${limitOf('latest')}`,
  }),
);

const ownIsWithin = sqlRule(
  'what an issued ID has bought in a billing period, less what its invoice gives back, is within its own limit at the latest of its authorizations',
  ({ period }) => ({
    checks: sql`charge WHERE own_limit_minor IS NOT NULL AND ${period('billing_period')}`,
    broken: sql`
    SELECT b.subscriber_id, b.billing_period, booked_minor, given_back_minor, ${limitOf('latest')} AS own_limit_minor FROM (
      SELECT subscriber_id, billing_period, SUM(captured_minor) AS booked_minor,
        ${latest(sql`IF(limit_minor IS NULL, NULL, COALESCE(own_limit_minor, ${NO_LIMIT}))`)} AS latest
      FROM charge WHERE state = 'captured' AND subscriber_id IS NOT NULL AND ${period('billing_period')}
      GROUP BY subscriber_id, billing_period
    ) AS b LEFT JOIN (
      SELECT c.subscriber_id, r.billing_period, SUM(r.amount_minor) AS given_back_minor FROM refund r
      JOIN charge c ON c.id = r.charge_id
      WHERE ${ofOwnInvoice('r')} AND ${period('r.billing_period')} GROUP BY c.subscriber_id, r.billing_period
    ) AS g ON g.subscriber_id = b.subscriber_id AND g.billing_period = b.billing_period
    WHERE booked_minor - COALESCE(given_back_minor, 0) > ${limitOf('latest')}`,
  }),
);

const safeguardsAreRead = sqlRule('a line whose holder has set a limit or a block says so at each sale', {
  checks: sql`safeguard`,
  broken: sql`
    SELECT DISTINCT g.line_id, g.holder_from FROM safeguard g
    JOIN line_holder h ON h.line_id = g.line_id AND h.valid_from = g.holder_from
    WHERE NOT h.has_safeguards`,
});

export const limitsWereKept: Invariant = {
  number: 13,
  name: "A period's booked total is within the limit at the latest authorization among its charges",
  rules: [tenureIsWithin, ownIsWithin, safeguardsAreRead],
};
