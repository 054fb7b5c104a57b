import { sql } from 'kysely';
import { sqlRule } from './sql-rule.ts';

const companyPaysItsPart = sqlRule('what a settlement pays of commissions is that of its partners', {
  checks: sql`settlement`,
  broken: sql`
    SELECT s.number, s.company_id, s.commission_minor, COALESCE(m.minor, 0) AS commissions_minor FROM settlement s
    LEFT JOIN (SELECT settlement_id, SUM(ex_tax_minor + tax_minor) AS minor FROM partner_commission
      WHERE paid_by = 'company' GROUP BY settlement_id) AS m ON m.settlement_id = s.id
    WHERE s.commission_minor <> COALESCE(m.minor, 0)`,
});

const balanceIsCarried = sqlRule('what a partner owes a company is carried from month to month', {
  checks: sql`partner_commission`,
  broken: sql`
    SELECT company_id, partner_id, billing_period, earned_minor, carried_in_minor, carried_before, ex_tax_minor, carried_out_minor FROM (
      SELECT company_id, partner_id, billing_period, earned_minor, carried_in_minor, ex_tax_minor, tax_minor, carried_out_minor,
        COALESCE(LAG(carried_out_minor) OVER (PARTITION BY company_id, partner_id ORDER BY billing_period), 0) AS carried_before
      FROM partner_commission
    ) AS m WHERE carried_in_minor <> carried_before OR earned_minor + carried_in_minor <> ex_tax_minor + carried_out_minor
      OR ex_tax_minor < 0 OR tax_minor < 0 OR carried_out_minor > 0`,
});

/** One that is approved was posted then; a draft has given the ledger nothing. */
const commissionIsPosted = sqlRule(
  'what partners get of an approved settlement is what the ledger was given then',
  {
    checks: sql`partner_commission`,
    broken: sql`
    SELECT u.id, u.kind, SUM(u.settled) AS settled_minor, SUM(u.posted) AS posted_minor FROM (
      SELECT m.id, 'commission' AS kind, IF(m.paid_by = 'company', m.company_id, 0) AS payer, m.ex_tax_minor AS settled, 0 AS posted
        FROM partner_commission m JOIN settlement s ON s.id = m.settlement_id WHERE s.state IN ('approved', 'paid')
      UNION ALL
      SELECT m.id, 'commission-tax', IF(m.paid_by = 'company', m.company_id, 0), m.tax_minor, 0
        FROM partner_commission m JOIN settlement s ON s.id = m.settlement_id WHERE s.state IN ('approved', 'paid')
      UNION ALL
      SELECT e.journal_id, e.kind, COALESCE(a.company_id, 0), 0, e.amount_minor FROM ledger_entry e
        LEFT JOIN ledger_account a ON a.id = e.debit_account WHERE e.kind IN ('commission', 'commission-tax')
    ) AS u GROUP BY u.id, u.kind, u.payer HAVING settled_minor <> posted_minor`,
  },
);

const termsAreApproved = sqlRule('the terms of a partner are those that two people approved', {
  checks: sql`partner_terms WHERE approval_id IS NOT NULL`,
  broken: sql`
    SELECT t.id, t.company_id, t.partner_id, t.valid_from, t.approval_id FROM partner_terms t
    JOIN company c ON c.id = t.company_id JOIN partner p ON p.id = t.partner_id
    LEFT JOIN approval a ON a.id = t.approval_id
    WHERE t.approval_id IS NOT NULL AND NOT COALESCE(a.state = 'executed' AND a.kind = 'partner.terms'
      AND a.subject = CONCAT('partner:', p.code, '/', c.code) AND JSON_VALUE(a.input, '$.validFrom') = t.valid_from
      AND JSON_VALUE(a.input, '$.paidBy') = t.paid_by AND JSON_EQUALS(JSON_EXTRACT(a.input, '$.commission'), t.commission), FALSE)`,
});

/** Commissions of sales partners: as they are settled, carried, posted and agreed. */
export const commissionsAddUp = [companyPaysItsPart, balanceIsCarried, commissionIsPosted, termsAreApproved];
