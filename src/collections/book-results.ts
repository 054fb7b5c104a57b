import { insertRows } from '../database/rows.ts';
import { queryRows, runPipeline } from '../database/statement-pipeline.ts';
import { nothingToWrite, selectStatement, type Statement } from '../database/statement.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { preparePosting } from '../ledger/post-entries.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import { bookShares } from './book-shares.ts';
import type { StandingInvoice } from './determine-shares.ts';
import { MAX_CHARGES, sliceByCharges } from './charge-slices.rules.ts';
import { findCutoffs } from './collection-cutoff.queries.ts';
import { moveEntries } from './collection-entries.rules.ts';
import { faultOf, type CollectionRowError, type ResultRow } from './collection-file.rules.ts';
import type { CollectionState, InvoiceResult } from './collection-state.rules.ts';
import { mergeResults, type MergedResults } from './merge-results.rules.ts';

interface BookResults {
  readonly rows: readonly ResultRow[];
  readonly importId: number;
  /** The business date of the entries. */
  readonly bookedOn: string;
  /** Most charges to divide uncollected amounts over. */
  readonly maxCharges?: number | undefined;
}

/** The outcome of some rows: each is booked, was known before, is refused, or is left. */
export interface BookedRows {
  readonly booked: number;
  readonly known: number;
  readonly errors: readonly CollectionRowError[];
  /** Rows that would have touched too many charges, each list for a transaction of its own. */
  readonly left: readonly (readonly ResultRow[])[];
}

interface KnownInvoice {
  readonly number: string;
  readonly billingPeriod: string;
  readonly closingGroup: ClosingGroup;
  readonly totalMinor: bigint;
  readonly itemCount: number;
}

/** The standing of an invoice that has results. */
interface KnownStanding {
  readonly state: CollectionState;
  readonly collectedMinor: bigint;
  readonly uncollectedMinor: bigint;
}

interface ChangedInvoice {
  readonly invoice: KnownInvoice;
  readonly before: KnownStanding | undefined;
  readonly merged: MergedResults;
}

/** What the rows of one invoice come to. */
interface DeterminedInvoice {
  readonly given: readonly ResultRow[];
  readonly errors: readonly CollectionRowError[];
  readonly skipped: number;
  readonly changed: ChangedInvoice | undefined;
  /** Charges over which its uncollected amount is divided. */
  readonly charges: number;
}

type Cutoffs = Awaited<ReturnType<typeof findCutoffs>>;

type Booking = Pick<BookResults, 'importId' | 'bookedOn'>;

const UNKNOWN = faultOf('invoice-unknown', 'no invoice has this number');
const NOT_CLOSED = faultOf('invoice-not-closed', 'the billing period of the invoice is not closed');
const NOTHING = { collectedMinor: 0n, uncollectedMinor: 0n };

/**
 * Books rows of a file of results in the transaction given: rows, standing of their invoices, ledger entries of the difference,
 * and what it costs companies or the carrier; of as many invoices as keep the transaction short, one at least. Every row that is
 * added changes its invoice's standing row, which is locked; for an invoice without one, of two transactions at once the second
 * gets a duplicate key, and has to start again.
 */
export async function bookResults(
  tx: InTransaction<Deps>,
  { rows, importId, bookedOn, maxCharges = MAX_CHARGES }: BookResults,
): Promise<BookedRows> {
  const byInvoice = Map.groupBy(rows, (row) => row.invoiceNumber);
  const known = await readInvoices(tx, [...byInvoice.keys()]);
  const periods = new Set([...known.invoices.values()].map(({ billingPeriod }) => billingPeriod));
  const cutoffs = await findCutoffs(tx, [...periods]);
  const invoices = [...byInvoice].map(([number, given]) => determine(known, cutoffs, { number, given }));
  const [now = [], ...later] = sliceByCharges(invoices, ({ charges }) => charges, maxCharges);
  const changed = now.flatMap((invoice) => invoice.changed ?? []);
  await writeChanges(tx, changed, { importId, bookedOn });
  const costing = changed.filter((invoice) => isCosting(invoice, cutoffs));
  await bookShares(tx, { invoices: costing.map((invoice) => standingOf(invoice, cutoffs)), bookedOn });
  const errors = now.flatMap((invoice) => invoice.errors);
  const skipped = now.reduce((sum, invoice) => sum + invoice.skipped, 0);
  const given = now.reduce((sum, invoice) => sum + invoice.given.length, 0);
  const left = later.map((slice) => slice.flatMap((invoice) => invoice.given));
  return { booked: given - skipped - errors.length, known: skipped, errors, left };
}

function determine(
  known: Awaited<ReturnType<typeof readInvoices>>,
  cutoffs: Cutoffs,
  { number, given }: { readonly number: string; readonly given: readonly ResultRow[] },
): DeterminedInvoice {
  const invoice = known.invoices.get(number);
  const fault = !invoice ? UNKNOWN : known.closed.has(periodKey(invoice)) ? undefined : NOT_CLOSED;
  if (!invoice || fault) {
    const errors = given.map(({ row, line }) => ({ row, line, ...(fault ?? UNKNOWN) }));
    return { given, errors, skipped: 0, changed: undefined, charges: 0 };
  }
  const merged = mergeResults(invoice.totalMinor, known.results.get(number) ?? [], given);
  const { errors, skipped } = merged;
  if (merged.added.length === 0) return { given, errors, skipped, changed: undefined, charges: 0 };
  const changed = { invoice, before: known.standings.get(number), merged };
  return { given, errors, skipped, changed, charges: isCosting(changed, cutoffs) ? invoice.itemCount : 0 };
}

function periodKey({
  billingPeriod,
  closingGroup,
}: Pick<KnownInvoice, 'billingPeriod' | 'closingGroup'>): string {
  return `${billingPeriod}/${closingGroup}`;
}

async function readInvoices(tx: InTransaction<Deps>, numbers: readonly string[]) {
  if (numbers.length === 0) return NO_INVOICES;
  const [invoices, standings, closed] = await runPipeline(tx.em, [
    selectStatement<Omit<KnownInvoice, 'totalMinor'> & { totalMinor: number | string }>(
      `SELECT number, billing_period AS billingPeriod, closing_group AS closingGroup, total_minor AS totalMinor,
         item_count AS itemCount FROM line_invoice WHERE number IN (?)`,
      [numbers],
    ),
    selectStatement<{
      number: string;
      state: CollectionState;
      collected: number | string;
      uncollected: number | string;
    }>(
      `SELECT invoice_number AS number, state, collected_minor AS collected, uncollected_minor AS uncollected
       FROM invoice_collection WHERE invoice_number IN (?) ORDER BY invoice_number FOR UPDATE`,
      [numbers],
    ),
    selectStatement<Pick<KnownInvoice, 'billingPeriod' | 'closingGroup'>>(
      "SELECT period AS billingPeriod, closing_group AS closingGroup FROM billing_period WHERE state = 'closed'",
      [],
    ),
  ]);
  const withResults = standings.map(({ number }) => number);
  const results = withResults.length === 0 ? [] : await readResultRows(tx, withResults);
  return {
    invoices: new Map(invoices.map((row) => [row.number, { ...row, totalMinor: BigInt(row.totalMinor) }])),
    standings: new Map(
      standings.map(({ number, state, collected, uncollected }) => [
        number,
        { state, collectedMinor: BigInt(collected), uncollectedMinor: BigInt(uncollected) },
      ]),
    ),
    closed: new Set(closed.map(periodKey)),
    results: Map.groupBy(results, ({ invoiceNumber }) => invoiceNumber),
  };
}

const NO_INVOICES = {
  invoices: new Map<string, KnownInvoice>(),
  standings: new Map<string, KnownStanding>(),
  closed: new Set<string>(),
  results: new Map<string, (InvoiceResult & { invoiceNumber: string })[]>(),
};

type StoredResult = Omit<InvoiceResult, 'collectedMinor'> & {
  readonly invoiceNumber: string;
  readonly collected: number | string;
};

async function readResultRows(tx: InTransaction<Deps>, numbers: readonly string[]) {
  const rows = await queryRows<StoredResult>(
    tx.em,
    `SELECT invoice_number AS invoiceNumber, result_date AS date, sequence, result, collected_minor AS collected,
       result_code AS resultCode FROM collection_result WHERE invoice_number IN (?)`,
    [numbers],
  );
  return rows.map(({ collected, ...row }) => ({ ...row, collectedMinor: BigInt(collected) }));
}

/** Writes rows, standings and ledger entries in one message. */
async function writeChanges(
  tx: InTransaction<Deps>,
  changed: readonly ChangedInvoice[],
  { importId, bookedOn }: Booking,
): Promise<void> {
  if (changed.length === 0) return;
  const moves = changed.map(({ invoice, before = NOTHING, merged }) => ({
    billingPeriod: invoice.billingPeriod,
    before,
    after: merged.standing,
  }));
  await runPipeline(tx.em, [
    insertResults(changed, { importId, bookedOn }),
    insertStandings(
      changed.filter(({ before }) => !before),
      bookedOn,
      '',
    ),
    insertStandings(
      changed.filter(({ before }) => before),
      bookedOn,
      UPDATE_STANDING,
    ),
    await preparePostingOf(tx, moveEntries(moves, { bookedOn, nextId: () => tx.ids.next() })),
  ]);
}

async function preparePostingOf(
  tx: InTransaction<Deps>,
  entries: ReturnType<typeof moveEntries>,
): Promise<Statement<void>> {
  return entries.length === 0 ? nothingToWrite : await preparePosting(tx, entries);
}

function insertResults(changed: readonly ChangedInvoice[], common: Booking): Statement<void> {
  const rows = changed.flatMap(({ merged }) =>
    merged.added.map(({ invoiceNumber, date, sequence, result, collectedMinor, resultCode }) => ({
      invoiceNumber,
      resultDate: date,
      sequence,
      result,
      collectedMinor,
      resultCode,
      ...common,
    })),
  );
  return insertRows('collection_result', rows);
}

/** Only an upsert updates rows that exist and are locked in one statement. */
const UPDATE_STANDING = `ON DUPLICATE KEY UPDATE state = VALUES(state), collected_minor = VALUES(collected_minor),
  uncollected_minor = VALUES(uncollected_minor), result_count = VALUES(result_count), changed_on = VALUES(changed_on)`;

function insertStandings(
  changed: readonly ChangedInvoice[],
  changedOn: string,
  otherwise: string,
): Statement<void> {
  const rows = changed.map(({ invoice: { number, billingPeriod, closingGroup, totalMinor }, merged }) => ({
    invoiceNumber: number,
    billingPeriod,
    closingGroup,
    totalMinor,
    state: merged.standing.state,
    collectedMinor: merged.standing.collectedMinor,
    uncollectedMinor: merged.standing.uncollectedMinor,
    resultCount: merged.resultCount,
    changedOn,
  }));
  return insertRows('invoice_collection', rows, otherwise);
}

/**
 * Whether the change of an invoice costs a company or the carrier something, or gives it back: what is uncollected has changed. In a
 * month that has been cut for a company, what is not collected counts, so that every change does.
 */
function isCosting({ invoice, before, merged: { standing } }: ChangedInvoice, cutoffs: Cutoffs): boolean {
  const { collectedMinor, uncollectedMinor } = before ?? NOTHING;
  if (standing.uncollectedMinor !== uncollectedMinor) return true;
  return cutoffs.has(invoice.billingPeriod) && standing.collectedMinor !== collectedMinor;
}

function standingOf(
  { invoice: { number, billingPeriod, totalMinor }, merged: { standing } }: ChangedInvoice,
  cutoffs: Cutoffs,
): StandingInvoice {
  const { collectedMinor, uncollectedMinor } = standing;
  const cutFor = cutoffs.get(billingPeriod) ?? new Set<number>();
  return { number, billingPeriod, totalMinor, collectedMinor, uncollectedMinor, cutFor };
}
