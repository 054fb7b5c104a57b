import { sql } from 'kysely';
import { determineShares, type MovedShare, type StandingInvoice } from '../collections/determine-shares.ts';
import { findCutoffs } from '../collections/collection-cutoff.queries.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { Invariant, OffendingRow, Rule } from './invariant.types.ts';
import { OFFENDING_SHOWN, sqlRule } from './sql-rule.ts';
import { within } from './within.ts';

const standingIsResults = sqlRule(
  'how far an invoice is collected is what the newest of its results says',
  ({ period }) => ({
    checks: sql`invoice_collection WHERE ${period('billing_period')}`,
    broken: sql`
    SELECT c.invoice_number, c.state, c.collected_minor, c.uncollected_minor, c.result_count, l.total_minor, e.result AS newest_result,
      e.collected_minor AS newest_collected, n.results
    FROM invoice_collection c
    LEFT JOIN line_invoice l ON l.number = c.invoice_number
    LEFT JOIN (SELECT r.invoice_number, COUNT(*) AS results FROM invoice_collection p JOIN collection_result r
      ON r.invoice_number = p.invoice_number WHERE ${period('p.billing_period')} GROUP BY r.invoice_number) n
      ON n.invoice_number = c.invoice_number
    LEFT JOIN (
      SELECT u.*, ROW_NUMBER() OVER (PARTITION BY invoice_number ORDER BY result_date DESC, sequence DESC) AS age FROM (
        SELECT r.invoice_number, r.result_date, r.sequence, r.result, r.collected_minor,
          COUNT(*) OVER (PARTITION BY r.invoice_number, r.result_date, r.sequence) AS of_place
        FROM invoice_collection p JOIN collection_result r ON r.invoice_number = p.invoice_number WHERE ${period('p.billing_period')}
      ) u WHERE of_place = 1
    ) e ON e.invoice_number = c.invoice_number AND e.age = 1
    WHERE ${period('c.billing_period')} AND NOT (c.total_minor <=> l.total_minor AND c.billing_period <=> l.billing_period
      AND c.closing_group <=> l.closing_group AND c.result_count = COALESCE(n.results, 0)
      AND c.state <=> IF(l.total_minor <= 0, 'collected', COALESCE(e.result, 'billed'))
      AND c.collected_minor <=> IF(l.total_minor <= 0, l.total_minor, COALESCE(e.collected_minor, 0))
      AND c.uncollected_minor <=> IF(c.state IN ('partial', 'uncollected'), l.total_minor - c.collected_minor, 0))`,
  }),
);

const resultsAreBooked = sqlRule(
  'an invoice with a result, or with nothing to collect, is booked',
  ({ period }) => ({
    checks: sql`line_invoice WHERE number IS NOT NULL AND ${period('billing_period')}`,
    broken: sql`
    SELECT l.number AS invoice_number, l.billing_period, l.total_minor FROM line_invoice l
    JOIN billing_period b ON b.period = l.billing_period AND b.closing_group = l.closing_group
    LEFT JOIN invoice_collection c ON c.invoice_number = l.number
    WHERE ${period('l.billing_period')} AND b.state = 'closed' AND c.invoice_number IS NULL
      AND (l.total_minor <= 0 OR EXISTS (SELECT 1 FROM collection_result r WHERE r.invoice_number = l.number))`,
  }),
);

/** By billing period; the kinds that take back count below zero. */
const collectedIsPosted = sqlRule(
  'what is collected, uncollected and borne of the invoices of a period is posted',
  {
    checks: sql`ledger_entry WHERE kind IN ('collected', 'collected-back', 'uncollected', 'uncollected-back', 'loss', 'loss-back')`,
    broken: sql`
    SELECT billing_period, account, SUM(posted) AS posted, SUM(booked) AS booked FROM (
      SELECT billing_period, REPLACE(kind, '-back', '') AS account,
        SUM(IF(kind LIKE '%-back', -amount_minor, amount_minor)) AS posted, 0 AS booked
      FROM ledger_entry WHERE kind IN ('collected', 'collected-back', 'uncollected', 'uncollected-back', 'loss', 'loss-back')
      GROUP BY billing_period, REPLACE(kind, '-back', '')
      UNION ALL
      SELECT billing_period, 'collected', 0, SUM(collected_minor) FROM invoice_collection GROUP BY billing_period
      UNION ALL
      SELECT billing_period, 'uncollected', 0, SUM(uncollected_minor) FROM invoice_collection GROUP BY billing_period
      UNION ALL
      SELECT billing_period, 'loss', 0, SUM(lost_minor - recovered_minor) FROM company_collection
      WHERE legal_model = 'assignment' GROUP BY billing_period
    ) AS u GROUP BY billing_period, account HAVING posted <> booked`,
  },
);

const clawbacksArePosted = sqlRule('clawbacks and recoveries are posted, journal by journal', {
  checks: sql`clawback`,
  broken: sql`
    SELECT business_date, journal_id, kind, company_id, billing_period, SUM(posted) AS posted, SUM(booked) AS booked FROM (
      SELECT e.business_date, e.journal_id, e.kind, a.company_id, e.billing_period, e.amount_minor AS posted, 0 AS booked
      FROM ledger_entry e
      LEFT JOIN ledger_account a ON a.id = IF(e.kind = 'clawback', e.debit_account, e.credit_account)
      WHERE e.kind IN ('clawback', 'recovery')
      UNION ALL
      SELECT booked_on, journal_id, kind, company_id, billing_period, 0, SUM(amount_minor) FROM clawback
      GROUP BY booked_on, journal_id, kind, company_id, billing_period
    ) AS u GROUP BY business_date, journal_id, kind, company_id, billing_period HAVING posted <> booked`,
});

const sharesAreClawbacks = sqlRule(
  'what an invoice has cost a company is the sum of its clawbacks and recoveries',
  ({ period }) => ({
    checks: sql`company_collection WHERE legal_model = 'agency' AND ${period('billing_period')}`,
    broken: sql`
    SELECT invoice_number, company_id, SUM(lost) AS lost, SUM(recovered) AS recovered, SUM(clawed_back) AS clawed_back,
      SUM(given_back) AS given_back
    FROM (
      SELECT invoice_number, company_id, lost_minor AS lost, recovered_minor AS recovered, 0 AS clawed_back, 0 AS given_back
      FROM company_collection WHERE legal_model = 'agency' AND ${period('billing_period')}
      UNION ALL
      SELECT invoice_number, company_id, 0, 0, IF(kind = 'clawback', amount_minor, 0), IF(kind = 'recovery', amount_minor, 0)
      FROM clawback WHERE ${period('billing_period')}
    ) AS u GROUP BY invoice_number, company_id
    HAVING lost <> clawed_back OR recovered <> given_back OR recovered > lost`,
  }),
);

const frozenIsSettled = sqlRule(
  'the clawbacks and recoveries of a settlement are those that it has taken over',
  {
    checks: sql`settlement`,
    broken: sql`
    SELECT s.number, s.clawback_minor, s.recovery_minor, COALESCE(SUM(IF(k.kind = 'clawback', k.amount_minor, 0)), 0) AS clawed_back,
      COALESCE(SUM(IF(k.kind = 'recovery', k.amount_minor, 0)), 0) AS given_back, SUM(k.company_id <> s.company_id) AS of_others
    FROM settlement s LEFT JOIN clawback k ON k.settlement_id = s.id WHERE s.state <> 'rejected' GROUP BY s.id
    HAVING clawback_minor <> clawed_back OR recovery_minor <> given_back OR of_others > 0`,
  },
);

/** Of invariant 5: what a charge costs its company. */
export const clawbacksAreCovered = sqlRule(
  'refunds and clawbacks less recoveries of a charge are no more than was captured',
  ({ period }) => ({
    checks: sql`clawback WHERE ${period('billing_period')}`,
    broken: sql`
    SELECT k.charge_id, k.clawed_back, k.last_position, k.steps, c.captured_minor, COALESCE(r.refunded, 0) AS refunded FROM (
      SELECT charge_id, SUM(IF(kind = 'clawback', amount_minor, -amount_minor)) AS clawed_back, MAX(position) AS last_position,
        COUNT(*) AS steps
      FROM clawback WHERE ${period('billing_period')} GROUP BY charge_id
    ) k
    LEFT JOIN charge c ON c.id = k.charge_id
    LEFT JOIN (SELECT charge_id, SUM(amount_minor) AS refunded FROM refund GROUP BY charge_id) r ON r.charge_id = k.charge_id
    WHERE k.clawed_back < 0 OR k.steps <> k.last_position
      OR NOT (k.clawed_back + COALESCE(r.refunded, 0) <= c.captured_minor) <=> TRUE`,
  }),
);

const INVOICES_PER_READ = 1_000;

/** Recomputes the shares of uncollected invoices from their items. */
const chargesCostOnce: Rule = {
  sentence:
    'with recourse, clawbacks less recoveries of a charge are its uncollected share, or what is left of it after refunds',
  async find(snapshot, { months }) {
    const isToRead = within(months).period('c.billing_period');
    let [checked, count, after] = [0, 0, ''];
    const offending: OffendingRow[] = [];
    for (;;) {
      const { rows } = await sql<UncollectedRow>`
        SELECT c.invoice_number AS number, c.billing_period AS billingPeriod, c.total_minor AS total, c.collected_minor AS collected,
          c.uncollected_minor AS uncollected
        FROM invoice_collection c
        WHERE ${isToRead} AND c.invoice_number > ${after} AND (c.uncollected_minor > 0
          OR EXISTS (SELECT 1 FROM company_collection s WHERE s.invoice_number = c.invoice_number)
          OR EXISTS (SELECT 1 FROM collection_cutoff o WHERE o.billing_period = c.billing_period))
        ORDER BY c.invoice_number LIMIT ${INVOICES_PER_READ}`.execute(sqlOf(snapshot.em));
      const last = rows.at(-1);
      if (!last) return { checked, count, offending };
      const wrong = (await recompute(snapshot, rows)).filter(isWrong);
      count += wrong.length;
      offending.push(...wrong.slice(0, OFFENDING_SHOWN - offending.length).map(describe));
      checked += rows.length;
      after = last.number;
    }
  },
};

interface UncollectedRow {
  readonly number: string;
  readonly billingPeriod: string;
  readonly total: number | string;
  readonly collected: number | string;
  readonly uncollected: number | string;
}

async function recompute(
  snapshot: InTransaction<Deps>,
  rows: readonly UncollectedRow[],
): Promise<readonly MovedShare[]> {
  const cutoffs = await findCutoffs(snapshot, [...new Set(rows.map(({ billingPeriod }) => billingPeriod))]);
  const invoices: StandingInvoice[] = rows.map(
    ({ number, billingPeriod, total, collected, uncollected }) => ({
      number,
      billingPeriod,
      totalMinor: BigInt(total),
      collectedMinor: BigInt(collected),
      uncollectedMinor: BigInt(uncollected),
      cutFor: cutoffs.get(billingPeriod) ?? new Set(),
    }),
  );
  return await determineShares(snapshot, { invoices, lock: false });
}

/** Of an assigned claim, a refund of releases before this one lowers what the carrier bears with the next result, or when it is cancelled. */
function isWrong({ share, lostMinor, recoveredMinor, steps }: MovedShare): boolean {
  return share.legalModel === 'agency' && (steps.length > 0 || lostMinor !== 0n || recoveredMinor !== 0n);
}

function describe({ share, steps }: MovedShare): OffendingRow {
  const missing = steps.map(({ chargeId, kind, amountMinor }) => `${kind} of ${amountMinor} for ${chargeId}`);
  return { invoice_number: share.invoice.number, company_id: share.companyId, missing: missing.join(', ') };
}

export const collectionsAddUp: Invariant = {
  number: 9,
  name: 'What is collected follows from the results; an uncollected charge costs its company once',
  rules: [
    standingIsResults,
    resultsAreBooked,
    collectedIsPosted,
    clawbacksArePosted,
    sharesAreClawbacks,
    frozenIsSettled,
    chargesCostOnce,
  ],
};
