import { sql } from 'kysely';
import { listBalances } from '../ledger/balance.queries.ts';
import type { Invariant, Rule } from './invariant.types.ts';
import { authorizedCharges } from './authorized-charges.ts';
import { sqlRule } from './sql-rule.ts';

const knownAccounts = sqlRule(
  'every entry moves an amount between two accounts of the ledger',
  ({ date }) => ({
    checks: sql`ledger_entry WHERE ${date('business_date')}`,
    broken: sql`
    SELECT e.business_date, e.journal_id, e.kind, e.debit_account, e.credit_account, e.amount_minor FROM ledger_entry e
    LEFT JOIN ledger_account d ON d.id = e.debit_account
    LEFT JOIN ledger_account c ON c.id = e.credit_account
    WHERE ${date('e.business_date')} AND (d.id IS NULL OR c.id IS NULL OR d.id = c.id OR e.amount_minor <= 0)`,
  }),
);

const rightAccounts = sqlRule('every entry debits and credits the accounts of its kind', ({ date }) => ({
  checks: sql`ledger_entry WHERE ${date('business_date')}`,
  broken: sql`
    SELECT e.business_date, e.journal_id, e.kind, d.code AS debit, c.code AS credit, e.amount_minor FROM ledger_entry e
    JOIN ledger_account d ON d.id = e.debit_account
    JOIN ledger_account c ON c.id = e.credit_account
    WHERE ${date('e.business_date')} AND CONCAT(d.kind, '<', c.kind) <> CASE e.kind
      WHEN 'commission' THEN IF(d.kind = 'company-payable', 'company-payable<partner-payable', 'fee-revenue<partner-payable')
      WHEN 'commission-tax' THEN IF(d.kind = 'company-payable', 'company-payable<partner-payable', 'tax-payable<partner-payable')
      WHEN 'capture' THEN 'subscriber-receivable<company-payable'
      WHEN 'refund' THEN 'company-payable<subscriber-receivable'
      WHEN 'bank-refund' THEN 'company-payable<refund-payable'
      WHEN 'fee' THEN 'company-payable<fee-revenue'
      WHEN 'tax' THEN 'company-payable<tax-payable'
      WHEN 'set-up' THEN 'company-payable<fee-revenue'
      WHEN 'set-up-tax' THEN 'company-payable<tax-payable'
      WHEN 'transfer-fee' THEN 'company-payable<transfer-fee-revenue'
      WHEN 'payout' THEN 'company-payable<payout-clearing'
      WHEN 'payout-sent' THEN 'payout-clearing<bank'
      WHEN 'payout-returned' THEN 'bank<payout-clearing'
      WHEN 'refund-paid' THEN 'refund-payable<payout-clearing'
      WHEN 'refund-cancelled' THEN 'refund-payable<uncollected-receivable'
      WHEN 'refund-reopened' THEN 'uncollected-receivable<refund-payable'
      WHEN 'collected' THEN 'cash<subscriber-receivable'
      WHEN 'collected-back' THEN 'subscriber-receivable<cash'
      WHEN 'uncollected' THEN 'uncollected-receivable<subscriber-receivable'
      WHEN 'uncollected-back' THEN 'subscriber-receivable<uncollected-receivable'
      WHEN 'clawback' THEN 'company-payable<uncollected-receivable'
      WHEN 'recovery' THEN 'uncollected-receivable<company-payable'
      WHEN 'loss' THEN 'credit-loss<uncollected-receivable'
      WHEN 'loss-back' THEN 'uncollected-receivable<credit-loss'
      WHEN 'authorization' THEN 'authorization-held<authorization-owed'
      ELSE 'authorization-owed<authorization-held' END`,
}));

const balancesSumToZero: Rule = {
  sentence: 'the balances of all accounts sum to zero',
  async find(snapshot) {
    const balances = await listBalances(snapshot);
    const debit = balances.reduce((sum, account) => sum + account.debitMinor, 0n);
    const credit = balances.reduce((sum, account) => sum + account.creditMinor, 0n);
    const offending = debit === credit ? [] : [{ debits: String(debit), credits: String(credit) }];
    return { checked: balances.length, count: offending.length, offending };
  },
};

/** Reads the index by which charges are folded: it covers all columns of a charge that are read. */
const capturedIsPosted = sqlRule('every captured charge is posted on its business date', ({ period }) => ({
  checks: sql`charge WHERE captured_minor IS NOT NULL AND ${period('billing_period')}`,
  broken: sql`
    SELECT c.id AS charge_id, c.line_id, c.billing_period, c.closing_group, c.business_date, c.captured_minor
    FROM charge c
    LEFT JOIN ledger_entry e ON e.business_date = c.business_date AND e.journal_id = c.id AND e.kind = 'capture'
    WHERE c.captured_minor IS NOT NULL AND ${period('c.billing_period')} AND e.journal_id IS NULL`,
}));

const postedIsCaptured = sqlRule(
  'every capture in the ledger is that of a captured charge, with its amount, company, date and period',
  ({ date }) => ({
    checks: sql`ledger_entry WHERE kind = 'capture' AND ${date('business_date')}`,
    broken: sql`
    SELECT e.business_date, e.journal_id, e.amount_minor, e.billing_period, a.company_id, c.state AS charge_state,
      c.business_date AS charge_date, c.captured_minor, c.billing_period AS charge_billing_period,
      c.company_id AS charge_company_id
    FROM ledger_entry e
    LEFT JOIN ledger_account a ON a.id = e.credit_account
    LEFT JOIN charge c ON c.id = e.journal_id
    WHERE e.kind = 'capture' AND ${date('e.business_date')}
      AND NOT (c.state <=> 'captured' AND c.business_date <=> e.business_date AND c.captured_minor <=> e.amount_minor
        AND c.company_id <=> a.company_id AND c.billing_period <=> e.billing_period)`,
  }),
);

const refundedIsPosted = sqlRule(
  'every refund is posted on its business date, with its amount, company and period, and every refund in the ledger is one',
  ({ date }) => ({
    checks: sql`refund WHERE ${date('business_date')}`,
    broken: sql`
    SELECT refund_id, business_date, SUM(refunds) AS refunds, SUM(entries) AS entries FROM (
      SELECT r.id AS refund_id, r.business_date, IF(r.kind = 'bank', 'bank-refund', 'refund') AS kind, r.amount_minor,
        r.billing_period, r.company_id, 1 AS refunds, 0 AS entries
      FROM refund r WHERE ${date('r.business_date')}
      UNION ALL
      SELECT e.journal_id, e.business_date, e.kind, e.amount_minor, e.billing_period, a.company_id, 0, 1
      FROM ledger_entry e LEFT JOIN ledger_account a ON a.id = e.debit_account
      WHERE e.kind IN ('refund', 'bank-refund') AND ${date('e.business_date')}
    ) AS u GROUP BY refund_id, business_date, kind, amount_minor, billing_period, company_id
    HAVING refunds <> 1 OR entries <> 1`,
  }),
);

const cancelledIsPosted = sqlRule(
  'what is cancelled of refunds by bank is posted on the day it was decided',
  {
    checks: sql`bank_refund WHERE cancelled_minor > 0`,
    broken: sql`
    SELECT refund_id, business_date, SUM(cancelled) AS cancelled_minor, SUM(posted) AS posted_minor FROM (
      SELECT refund_id, decided_on AS business_date, cancelled_minor AS cancelled, 0 AS posted FROM bank_refund WHERE cancelled_minor > 0
      UNION ALL
      SELECT journal_id, business_date, 0, amount_minor FROM ledger_entry WHERE kind = 'refund-cancelled'
    ) AS u GROUP BY refund_id, business_date HAVING cancelled_minor <> posted_minor`,
  },
);

const reopenedIsPosted = sqlRule('what was reopened of cancelled refunds by bank is posted', {
  checks: sql`bank_refund WHERE late_minor > 0`,
  broken: sql`
    SELECT refund_id, SUM(reopened) AS reopened_minor, SUM(posted) AS posted_minor FROM (
      SELECT refund_id, late_minor AS reopened, 0 AS posted FROM bank_refund WHERE late_minor > 0
      UNION ALL
      SELECT journal_id, 0, amount_minor FROM ledger_entry WHERE kind = 'refund-reopened'
    ) AS u GROUP BY refund_id HAVING reopened_minor <> posted_minor`,
});

const heldIsAuthorized = sqlRule('what is held in the ledger is what is authorized, charge by charge', {
  checks: authorizedCharges,
  broken: sql`
    SELECT charge_id, SUM(held) AS held_minor, SUM(authorized) AS authorized_minor FROM (
      SELECT journal_id AS charge_id, IF(kind = 'authorization', amount_minor, -amount_minor) AS held, 0 AS authorized
      FROM ledger_entry WHERE kind IN ('authorization', 'release', 'cancellation', 'expiry')
      UNION ALL
      SELECT h.id, 0, h.amount_minor FROM ${authorizedCharges}
    ) AS m GROUP BY charge_id HAVING held_minor <> authorized_minor`,
});

export const journalsBalance: Invariant = {
  number: 1,
  name: 'Each journal sums to zero; the ledger sums to zero',
  rules: [
    knownAccounts,
    rightAccounts,
    balancesSumToZero,
    capturedIsPosted,
    postedIsCaptured,
    refundedIsPosted,
    cancelledIsPosted,
    reopenedIsPosted,
    heldIsAuthorized,
  ],
};
