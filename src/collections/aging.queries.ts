import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf, inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf, type ClosingGroup } from '../shared/calendar.rules.ts';
import { bandOf, dueOnOf, type AgeBand } from './aging.rules.ts';
import type { CollectionState } from './collection-state.rules.ts';

/** What is open in one band, in minor units. */
export interface OpenInBand {
  readonly band: AgeBand;
  readonly state: Exclude<CollectionState, 'collected'>;
  readonly invoiceCount: number;
  readonly openMinor: bigint;
}

/** The share of one company in what is open. */
export interface OpenOfCompany {
  readonly company: string;
  readonly band: AgeBand;
  readonly openMinor: bigint;
}

export interface Aging {
  /** The business date on which the age is counted. */
  readonly today: string;
  readonly bands: readonly OpenInBand[];
  /** Adds up to the bands, to the unit. */
  readonly companies: readonly OpenOfCompany[];
}

interface OfGroup {
  readonly period: string;
  readonly closingGroup: ClosingGroup;
}

/**
 * What is still open of all numbered invoices, by the days since they were due: their totals less what is collected, by state. The share
 * of a company is its items on an invoice without a final result, and of one that is uncollected what the allocation gave it
 * (`company_collection`). Both are sums of the same invoices, read at one instant.
 * @throws Problem `permission-denied`
 */
export async function getAging(deps: Deps, actor: Actor): Promise<Aging> {
  authorize(actor, 'collections:read');
  const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
  return await inTransaction(
    deps,
    async (tx) => {
      const bands = await readBands(tx);
      const companies = await readCompanies(tx);
      const band = ({ period, closingGroup }: OfGroup) => bandOf(dueOnOf(period, closingGroup), today);
      return { today, bands: sumBands(bands, band), companies: sumCompanies(companies, band) };
    },
    { isolation: 'repeatable read' },
  );
}

interface BandRow extends OfGroup {
  readonly state: OpenInBand['state'];
  readonly count: string;
  readonly open: string;
}

async function readBands(deps: Deps): Promise<readonly BandRow[]> {
  const { rows } = await sql<BandRow>`
    SELECT l.billing_period AS period, l.closing_group AS closingGroup, COALESCE(n.state, 'billed') AS state,
      CAST(COUNT(*) AS CHAR) AS count, CAST(SUM(l.total_minor - COALESCE(n.collected_minor, 0)) AS CHAR) AS open
    FROM line_invoice l LEFT JOIN invoice_collection n ON n.invoice_number = l.number
    WHERE l.number IS NOT NULL AND l.total_minor > 0 AND COALESCE(n.state, 'billed') <> 'collected'
    GROUP BY 1, 2, 3`.execute(sqlOf(emOf(deps)));
  return rows;
}

interface CompanyRow extends OfGroup {
  readonly company: string;
  readonly open: string;
}

async function readCompanies(deps: Deps): Promise<readonly CompanyRow[]> {
  const { rows } = await sql<CompanyRow>`
    SELECT c.code AS company, o.period, o.closingGroup, CAST(SUM(o.minor) AS CHAR) AS open FROM (
      SELECT i.company_id AS companyId, i.billing_period AS period, i.closing_group AS closingGroup, i.amount_minor AS minor
      FROM line_invoice l LEFT JOIN invoice_collection n ON n.invoice_number = l.number
      JOIN invoice_item i ON i.billing_period = l.billing_period AND i.closing_group = l.closing_group
        AND i.line_id = l.line_id AND i.holder_from = l.holder_from
      WHERE l.number IS NOT NULL AND l.total_minor > 0 AND COALESCE(n.state, 'billed') IN ('billed', 'pending')
      UNION ALL
      SELECT s.company_id, n.billing_period, n.closing_group, s.uncollected_minor
      FROM invoice_collection n JOIN company_collection s ON s.invoice_number = n.invoice_number
      WHERE n.state IN ('partial', 'uncollected')
    ) o JOIN company c ON c.id = o.companyId GROUP BY 1, 2, 3`.execute(sqlOf(emOf(deps)));
  return rows;
}

function sumBands(rows: readonly BandRow[], band: (row: OfGroup) => AgeBand): OpenInBand[] {
  const groups = Map.groupBy(rows, (row) => `${band(row)} ${row.state}`);
  return [...groups.values()].map((own) => ({
    band: band(own[0]!),
    state: own[0]!.state,
    invoiceCount: own.reduce((sum, { count }) => sum + Number(count), 0),
    openMinor: own.reduce((sum, { open }) => sum + BigInt(open), 0n),
  }));
}

function sumCompanies(rows: readonly CompanyRow[], band: (row: OfGroup) => AgeBand): OpenOfCompany[] {
  const groups = Map.groupBy(rows, (row) => `${row.company} ${band(row)}`);
  return [...groups.values()].map((own) => ({
    company: own[0]!.company,
    band: band(own[0]!),
    openMinor: own.reduce((sum, { open }) => sum + BigInt(open), 0n),
  }));
}
