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
 * (`company_collection`). Both are sums of the same invoices, read at one instant. Of months whose results are in, only what is open is
 * read: what it costs is that of the invoices that wait for a result.
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

/**
 * Closing groups `g` of which an invoice may have no result yet: each invoice has one row in `invoice_collection` once it has one, also
 * one that is not above zero, so where there are as many as invoices nothing is left to look for.
 */
const unanswered = sql`(
  SELECT p.period, p.closing_group FROM billing_period p WHERE p.state <> 'open' AND NOT p.invoice_count <=> (
    SELECT COUNT(*) FROM invoice_collection r WHERE r.billing_period = p.period AND r.closing_group = p.closing_group)) g`;

/** Invoices `l` without a result, for a FROM. */
const withoutResult = sql`${unanswered}
  STRAIGHT_JOIN line_invoice l FORCE INDEX (PRIMARY) ON l.billing_period = g.period AND l.closing_group = g.closing_group
    AND l.number IS NOT NULL AND l.total_minor > 0 AND NOT EXISTS (SELECT 1 FROM invoice_collection r WHERE r.invoice_number = l.number)`;

/** Results `n` of some states, by the index of their closing groups: of all groups, the few that are in them. */
const withResult = (...states: readonly OpenInBand['state'][]) => sql`billing_period p
  STRAIGHT_JOIN invoice_collection n FORCE INDEX (invoice_collection_of_period) ON n.billing_period = p.period
    AND n.closing_group = p.closing_group AND n.state IN (${sql.join(states)}) AND n.total_minor > 0`;

async function readBands(deps: Deps): Promise<readonly BandRow[]> {
  const { rows } = await sql<BandRow>`
    SELECT period, closingGroup, state, CAST(SUM(invoices) AS CHAR) AS count, CAST(SUM(minor) AS CHAR) AS open FROM (
      SELECT l.billing_period AS period, l.closing_group AS closingGroup, 'billed' AS state, COUNT(*) AS invoices,
        SUM(l.total_minor) AS minor
      FROM ${withoutResult} GROUP BY l.billing_period, l.closing_group
      UNION ALL
      SELECT n.billing_period, n.closing_group, n.state, COUNT(*), SUM(n.total_minor - n.collected_minor)
      FROM ${withResult('billed', 'pending', 'partial', 'uncollected')} GROUP BY n.billing_period, n.closing_group, n.state
    ) o GROUP BY 1, 2, 3`.execute(sqlOf(emOf(deps)));
  return rows;
}

interface CompanyRow extends OfGroup {
  readonly company: string;
  readonly open: string;
}

const itemsOfInvoice = sql`invoice_item i FORCE INDEX (PRIMARY) ON i.billing_period = l.billing_period
  AND i.closing_group = l.closing_group AND i.line_id = l.line_id AND i.holder_from = l.holder_from`;

async function readCompanies(deps: Deps): Promise<readonly CompanyRow[]> {
  const { rows } = await sql<CompanyRow>`
    SELECT c.code AS company, o.period, o.closingGroup, CAST(SUM(o.minor) AS CHAR) AS open FROM (
      SELECT i.company_id AS companyId, i.billing_period AS period, i.closing_group AS closingGroup,
        SUM(i.amount_minor) AS minor
      FROM ${withoutResult} STRAIGHT_JOIN ${itemsOfInvoice} GROUP BY i.company_id, i.billing_period, i.closing_group
      UNION ALL
      SELECT i.company_id, i.billing_period, i.closing_group, SUM(i.amount_minor)
      FROM ${withResult('billed', 'pending')} STRAIGHT_JOIN line_invoice l ON l.number = n.invoice_number STRAIGHT_JOIN ${itemsOfInvoice}
      GROUP BY i.company_id, i.billing_period, i.closing_group
      UNION ALL
      SELECT s.company_id, n.billing_period, n.closing_group, SUM(s.uncollected_minor)
      FROM ${withResult('partial', 'uncollected')} STRAIGHT_JOIN company_collection s ON s.invoice_number = n.invoice_number
      GROUP BY s.company_id, n.billing_period, n.closing_group
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
