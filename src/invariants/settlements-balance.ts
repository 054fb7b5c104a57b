import { sql } from 'kysely';
import { commissionsAddUp } from './commissions-add-up.ts';
import type { Invariant } from './invariant.types.ts';
import { settlementIsRecomputed } from './recompute-settlements.ts';
import { sqlRule } from './sql-rule.ts';

const equation =
  'billed − refunds − fee − set-up fee − their tax − commissions − clawbacks + recoveries − transfer fee + carried in = payout + carried out';

const equationHolds = sqlRule(equation, {
  checks: sql`settlement`,
  broken: sql`
    SELECT number, billed_minor, refunded_minor, fee_ex_tax_minor, fee_tax_minor, set_up_ex_tax_minor, set_up_tax_minor,
      commission_minor, clawback_minor, recovery_minor, transfer_fee_minor, carried_in_minor, payout_minor, carried_out_minor
    FROM settlement WHERE billed_minor - refunded_minor - fee_ex_tax_minor - fee_tax_minor - set_up_ex_tax_minor - set_up_tax_minor
        - commission_minor - clawback_minor + recovery_minor - transfer_fee_minor + carried_in_minor <> payout_minor + carried_out_minor
      OR payout_minor < 0 OR (payout_minor > 0 AND carried_out_minor <> 0) OR (payout_minor = 0 AND transfer_fee_minor <> 0)`,
});

const partsAddUp = sqlRule('a settlement is the sum of its parts', {
  checks: sql`settlement`,
  broken: sql`
    SELECT s.number, s.billed_minor, COALESCE(SUM(IF(p.kind = 'charge', p.total_minor, 0)), 0) AS parts_minor, s.refunded_minor,
      COALESCE(SUM(IF(p.kind = 'charge', 0, -p.total_minor)), 0) AS parts_refunded, s.item_count,
      COALESCE(SUM(IF(p.kind = 'charge', p.item_count, 0)), 0) AS parts_items
    FROM settlement s LEFT JOIN settlement_part p ON p.settlement_id = s.id GROUP BY s.id
    HAVING s.billed_minor <> parts_minor OR s.refunded_minor <> parts_refunded OR s.item_count <> parts_items`,
});

const balanceIsCarried = sqlRule('what one settlement carries out, the next carries in', {
  checks: sql`settlement`,
  broken: sql`
    SELECT number, company_id, carried_in_minor, carried_before FROM (
      SELECT number, company_id, carried_in_minor,
        COALESCE(LAG(carried_out_minor) OVER (PARTITION BY company_id ORDER BY billing_period), 0) AS carried_before
      FROM settlement
    ) AS s WHERE carried_in_minor <> carried_before`,
});

const monthsAreInOrder = sqlRule('no month of a company is settled before the one before it is approved', {
  checks: sql`settlement`,
  broken: sql`
    SELECT number, company_id, billing_period, state, state_before FROM (
      SELECT number, company_id, billing_period, state,
        LAG(state) OVER (PARTITION BY company_id ORDER BY billing_period) AS state_before
      FROM settlement
    ) AS s WHERE state_before IN ('draft', 'rejected')`,
});

const setUpIsBilledOnce = sqlRule('the set-up fee of a contract is billed once, with its first settlement', {
  checks: sql`settlement WHERE set_up_ex_tax_minor > 0`,
  broken: sql`
    SELECT s.number, s.company_id, s.contract_id, s.set_up_ex_tax_minor, k.set_up_fee_minor FROM (
      SELECT number, company_id, contract_id, rule_version, set_up_ex_tax_minor,
        ROW_NUMBER() OVER (PARTITION BY contract_id ORDER BY billing_period) AS place FROM settlement WHERE rule_version > 1
    ) AS s JOIN contract k ON k.id = s.contract_id
    WHERE s.set_up_ex_tax_minor <> IF(s.place = 1, k.set_up_fee_minor, 0)`,
});

const settledIsClosed = sqlRule('a settled period is closed in all six groups', {
  checks: sql`settlement`,
  broken: sql`
    SELECT s.billing_period, COUNT(*) AS settlements, MAX(p.closed) AS closed_groups FROM settlement s
    LEFT JOIN (SELECT period, COUNT(*) AS closed FROM billing_period WHERE state = 'closed' GROUP BY period) AS p
      ON p.period = s.billing_period
    GROUP BY s.billing_period HAVING NOT closed_groups <=> 6`,
});

/** Periods whose invoices are completely settled: no charge or refund of them is left. */
const whollySettled = sql`
  SELECT b.period FROM (
    SELECT period, SUM(item_count) AS invoiced FROM billing_period GROUP BY period HAVING SUM(state = 'closed') = COUNT(*)
  ) AS b
  JOIN (SELECT billing_period, SUM(COALESCE(invoiced_item_count, item_count)) AS settled FROM settlement
    WHERE state IN ('approved', 'paid') GROUP BY billing_period) AS s
    ON s.billing_period = b.period AND s.settled = b.invoiced`;

/** What charges and refunds have done, by company and the month they are settled in. */
const booked = sql`
  SELECT company_id, billing_period, SUM(captured_minor) AS minor FROM charge
  WHERE state = 'captured' AND billing_period NOT IN (${whollySettled}) GROUP BY company_id, billing_period
  UNION ALL
  SELECT company_id, billing_period, -SUM(amount_minor) FROM refund
  WHERE kind = 'invoice' AND billing_period NOT IN (${whollySettled}) GROUP BY company_id, billing_period
  UNION ALL
  SELECT company_id, billing_period, -SUM(amount_minor) FROM refund WHERE kind = 'bank' GROUP BY company_id, billing_period`;

const payableIsOwed = sqlRule(
  'what the ledger owes a company is what it sold in unsettled periods and the balance of its last approved settlement',
  {
    checks: sql`ledger_account WHERE kind = 'company-payable'`,
    broken: sql`
    SELECT c.code AS company, SUM(u.ledger) AS ledger_minor, SUM(u.owed) AS owed_minor FROM (
      SELECT a.company_id, e.minor AS ledger, 0 AS owed FROM ledger_account a
        JOIN (SELECT credit_account AS account, SUM(amount_minor) AS minor FROM ledger_entry GROUP BY credit_account) AS e
          ON e.account = a.id WHERE a.kind = 'company-payable'
      UNION ALL
      SELECT a.company_id, -e.minor, 0 FROM ledger_account a
        JOIN (SELECT debit_account AS account, SUM(amount_minor) AS minor FROM ledger_entry GROUP BY debit_account) AS e
          ON e.account = a.id WHERE a.kind = 'company-payable'
      UNION ALL
      SELECT h.company_id, 0, h.minor FROM (${booked}) AS h
        LEFT JOIN settlement s ON s.company_id = h.company_id AND s.billing_period = h.billing_period
          AND s.state IN ('approved', 'paid') WHERE s.id IS NULL
      UNION ALL
      SELECT company_id, 0, carried_out_minor FROM (
        SELECT company_id, carried_out_minor,
          ROW_NUMBER() OVER (PARTITION BY company_id ORDER BY billing_period DESC) AS age FROM settlement
        WHERE state IN ('approved', 'paid')
      ) AS latest WHERE age = 1
      UNION ALL
      SELECT k.company_id, 0, IF(k.kind = 'clawback', -k.amount_minor, k.amount_minor) FROM clawback k
        LEFT JOIN settlement s ON s.id = k.settlement_id WHERE s.id IS NULL OR s.state IN ('draft', 'rejected')
    ) AS u JOIN company c ON c.id = u.company_id GROUP BY c.code HAVING ledger_minor <> owed_minor`,
  },
);

export const settlementsBalance: Invariant = {
  number: 4,
  name: 'Gross − refunds − fees with their tax − commissions ± clawbacks, transfer fee and carried = payout, and the fee is that of the tariff',
  rules: [
    equationHolds,
    settlementIsRecomputed,
    partsAddUp,
    balanceIsCarried,
    monthsAreInOrder,
    setUpIsBilledOnce,
    settledIsClosed,
    payableIsOwed,
    ...commissionsAddUp,
  ],
};
