import { sql } from 'kysely';
import {
  checksumIsThatOfFile,
  correctedInvoicesAreFiled,
  detailsCanBeWrittenAgain,
  statementsAreIssued,
} from './closed-files.ts';
import { noFileIsForeign } from './foreign-files.ts';
import { guardsAreThose } from './guards-in-place.ts';
import type { Invariant, Rule } from './invariant.types.ts';
import { rightsAreThose, serverChecksKeys } from './rights.ts';
import { sqlRule } from './sql-rule.ts';

const proofStillHolds = sqlRule(
  'a closed period has the invoices, items and total it was closed with',
  ({ period }) => ({
    checks: sql`billing_period WHERE state = 'closed' AND ${period('period')}`,
    broken: sql`
    SELECT p.period, p.closing_group, p.invoice_count AS closed_invoices, COUNT(l.line_id) AS invoices,
      p.item_count AS closed_items, COALESCE(SUM(l.item_count), 0) AS items, p.total_minor AS closed_total,
      COALESCE(SUM(l.total_minor), 0) AS total
    FROM billing_period p
    LEFT JOIN line_invoice l ON l.billing_period = p.period AND l.closing_group = p.closing_group
    WHERE p.state = 'closed' AND ${period('p.period')} GROUP BY p.period, p.closing_group
    HAVING closed_invoices <> invoices OR closed_items <> items OR closed_total <> total`,
  }),
);

const numberingIsGapless = sqlRule(
  'the invoices of a closed period are numbered in the order of their lines and tenures, without a gap',
  ({ period }) => ({
    checks: sql`line_invoice WHERE number IS NOT NULL AND ${period('billing_period')}`,
    broken: sql`
    SELECT l.billing_period, l.closing_group, l.line_id, l.holder_from, l.number, l.position FROM (
      SELECT billing_period, closing_group, line_id, holder_from, number,
        ROW_NUMBER() OVER (PARTITION BY billing_period, closing_group ORDER BY line_id, holder_from) AS position FROM line_invoice
      WHERE ${period('billing_period')}
    ) AS l JOIN billing_period p ON p.period = l.billing_period AND p.closing_group = l.closing_group
    WHERE p.state = 'closed' AND NOT l.number <=> CONCAT(REPLACE(l.billing_period, '-', ''), '-',
      LPAD(l.closing_group, 2, '0'), '-', LPAD(l.position, GREATEST(7, LENGTH(l.position)), '0'))`,
  }),
);

const openIsUnnumbered = sqlRule('no invoice of an open period has a number', ({ period }) => ({
  checks: sql`line_invoice WHERE ${period('billing_period')}`,
  broken: sql`
    SELECT l.billing_period, l.closing_group, l.line_id, l.holder_from, l.number FROM line_invoice l
    LEFT JOIN billing_period p ON p.period = l.billing_period AND p.closing_group = l.closing_group
    WHERE l.number IS NOT NULL AND ${period('l.billing_period')} AND (p.state IS NULL OR p.state = 'open')`,
}));

/** What of a settlement is posted under which kind. */
const posted = {
  fee: 'fee_ex_tax_minor',
  tax: 'fee_tax_minor',
  'set-up': 'set_up_ex_tax_minor',
  'set-up-tax': 'set_up_tax_minor',
  'transfer-fee': 'transfer_fee_minor',
  payout: 'payout_minor',
};

/** One that is approved was posted on that day, and one of an earlier release on the day it is dated. */
const settlementIsPosted = sqlRule(
  'what an approved settlement charges and pays out is what the ledger was given then, and a draft has given it nothing',
  {
    checks: sql`settlement`,
    broken: sql`
    SELECT u.settlement_id, u.kind, SUM(settled) AS settled_minor, SUM(posted) AS posted_minor FROM (
      ${sql.join(
        Object.entries(posted).map(
          ([
            kind,
            column,
          ]) => sql`SELECT id AS settlement_id, company_id, ${kind} AS kind, ${sql.ref(column)} AS settled, 0 AS posted
            FROM settlement WHERE state IN ('approved', 'paid')`,
        ),
        sql` UNION ALL `,
      )}
      UNION ALL SELECT e.journal_id, a.company_id, e.kind, 0, e.amount_minor FROM ledger_entry e
        LEFT JOIN ledger_account a ON a.id = e.debit_account WHERE e.kind IN (${sql.join(Object.keys(posted))})
    ) AS u
    GROUP BY u.settlement_id, u.company_id, u.kind HAVING settled_minor <> posted_minor
    UNION ALL
    SELECT s.id, e.kind, 0, e.amount_minor FROM settlement s JOIN ledger_entry e ON e.journal_id = s.id
    WHERE e.kind IN (${sql.join(Object.keys(posted))})
      AND NOT IF(s.approved_at IS NULL, e.business_date = s.settled_on, ABS(DATEDIFF(e.business_date, s.approved_at)) <= 1)`,
  },
);

const documentIsKept = sqlRule('a final settlement has kept what its statement says besides the figures', {
  checks: sql`settlement WHERE state IN ('approved', 'paid')`,
  broken: sql`
    SELECT s.number, s.company_id, s.billing_period FROM settlement s
    LEFT JOIN settlement_document d ON d.settlement_id = s.id WHERE s.state IN ('approved', 'paid') AND d.settlement_id IS NULL`,
});

/** Checked only if the nights through a business date are stated as done. */
const dueIsClosed: Rule = {
  sentence: 'every period that was due to close has closed',
  async find(snapshot, { through }) {
    if (through === undefined) return { checked: 0, count: 0, offending: [] };
    const rule = sqlRule('', {
      checks: sql`billing_period WHERE closes_on <= ${through}`,
      broken: sql`
        SELECT period, closing_group, closes_on, state FROM billing_period
        WHERE closes_on <= ${through} AND state <> 'closed'`,
    });
    return await rule.find(snapshot, {});
  },
};

export const closedIsUnchanged: Invariant = {
  number: 7,
  name: 'Closed periods, numbered invoices and approved settlements are unchanged',
  rules: [
    guardsAreThose,
    rightsAreThose,
    serverChecksKeys,
    proofStillHolds,
    checksumIsThatOfFile,
    statementsAreIssued,
    correctedInvoicesAreFiled,
    noFileIsForeign,
    detailsCanBeWrittenAgain,
    documentIsKept,
    numberingIsGapless,
    openIsUnnumbered,
    settlementIsPosted,
    dueIsClosed,
  ],
};
