import { sql } from 'kysely';
import { listBalances } from '../ledger/balance.queries.ts';
import type { Invariant, Rule } from './invariant.types.ts';
import { sqlRule } from './sql-rule.ts';

const knownAccounts = sqlRule('every entry moves an amount between two accounts of the ledger', {
  checks: sql`ledger_entry`,
  broken: sql`
    SELECT e.business_date, e.journal_id, e.kind, e.debit_account, e.credit_account, e.amount_minor FROM ledger_entry e
    LEFT JOIN ledger_account d ON d.id = e.debit_account
    LEFT JOIN ledger_account c ON c.id = e.credit_account
    WHERE d.id IS NULL OR c.id IS NULL OR d.id = c.id OR e.amount_minor <= 0`,
});

const rightAccounts = sqlRule('every entry debits and credits the accounts of its kind', {
  checks: sql`ledger_entry`,
  broken: sql`
    SELECT e.business_date, e.journal_id, e.kind, d.code AS debit, c.code AS credit, e.amount_minor FROM ledger_entry e
    JOIN ledger_account d ON d.id = e.debit_account
    JOIN ledger_account c ON c.id = e.credit_account
    WHERE CONCAT(d.kind, '<', c.kind) <> CASE e.kind
      WHEN 'capture' THEN 'subscriber-receivable<company-payable'
      WHEN 'fee' THEN 'company-payable<fee-revenue'
      WHEN 'tax' THEN 'company-payable<tax-payable'
      WHEN 'payout' THEN 'company-payable<payout-clearing'
      WHEN 'authorization' THEN 'authorization-held<authorization-owed'
      ELSE 'authorization-owed<authorization-held' END`,
});

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

const capturedIsPosted = sqlRule(
  'every captured charge is posted once, with its amount, company, date and period',
  {
    checks: sql`charge WHERE state = 'captured'`,
    broken: sql`
    SELECT c.id AS charge_id, c.captured_minor, e.amount_minor AS posted_minor, c.company_id,
      a.company_id AS posted_company_id, c.billing_period, e.billing_period AS posted_billing_period
    FROM charge c
    LEFT JOIN ledger_entry e ON e.business_date = c.business_date AND e.journal_id = c.id AND e.kind = 'capture'
    LEFT JOIN ledger_account a ON a.id = e.credit_account
    WHERE c.state = 'captured' AND NOT (e.amount_minor <=> c.captured_minor AND a.company_id <=> c.company_id
      AND e.billing_period <=> c.billing_period)`,
  },
);

const postedIsCaptured = sqlRule('every capture in the ledger is that of a captured charge', {
  checks: sql`ledger_entry WHERE kind = 'capture'`,
  broken: sql`
    SELECT e.business_date, e.journal_id, e.amount_minor, c.state AS charge_state FROM ledger_entry e
    LEFT JOIN charge c ON c.id = e.journal_id
    WHERE e.kind = 'capture' AND NOT (c.state <=> 'captured' AND c.business_date <=> e.business_date)`,
});

const heldIsAuthorized = sqlRule('what is held in the ledger is what is authorized, charge by charge', {
  checks: sql`charge WHERE state = 'authorized'`,
  broken: sql`
    SELECT charge_id, SUM(held) AS held_minor, SUM(authorized) AS authorized_minor FROM (
      SELECT journal_id AS charge_id, IF(kind = 'authorization', amount_minor, -amount_minor) AS held, 0 AS authorized
      FROM ledger_entry WHERE kind IN ('authorization', 'release', 'cancellation', 'expiry')
      UNION ALL
      SELECT id, 0, amount_minor FROM charge WHERE state = 'authorized'
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
    heldIsAuthorized,
  ],
};
