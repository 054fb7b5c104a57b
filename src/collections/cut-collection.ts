import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { bookShares } from './book-shares.ts';
import { sliceByCharges } from './charge-slices.rules.ts';

interface CutMonth {
  readonly companyId: number;
  readonly period: string;
  readonly bookedOn: string;
  /** Commits a chunk; of a run, with its counters. */
  readonly inChunk: (work: (tx: InTransaction<Deps>) => Promise<object>) => Promise<unknown>;
}

interface InvoiceToCut {
  readonly number: string;
  readonly itemCount: number;
  readonly totalMinor: bigint;
}

/** Most invoices in one transaction; fewer when they have many charges. */
const CHUNK_INVOICES = 1_000;

/**
 * Cuts the month of a company that is settled on what is collected, before its settlement is drafted: what is not collected now,
 * pending or without a result, is clawed back as if it were uncollected, and recovered when it is collected after all
 * (domain.md section 4). The cut is committed first, so that results that come meanwhile are booked by it. Interrupted and run
 * again, it does what is left.
 */
export async function cutCollection(deps: Deps, cut: CutMonth): Promise<void> {
  const { companyId, period, bookedOn: cutOn, inChunk } = cut;
  await inChunk(async (tx) => {
    const row = { companyId, billingPeriod: period, cutOn, createdAt: tx.clock.now() };
    // A month that is cut already stays as it is.
    await sqlOf(tx.em).insertInto('collection_cutoff').ignore().values(row).execute();
    return {};
  });
  for (let after = ''; ;) {
    const invoices = await listNotCollected(deps, cut, after);
    const last = invoices.at(-1);
    if (last === undefined) return;
    for (const slice of sliceByCharges(invoices, ({ itemCount }) => itemCount)) {
      const numbers = slice.map(({ number }) => number);
      await inChunk(async (tx) => {
        await cutInvoices(tx, cut, numbers);
        return {};
      });
    }
    after = last.number;
  }
}

/** The invoices with an item of the company that are neither collected nor have a result against them; a page by their numbers. */
export async function listNotCollected(
  deps: Deps,
  { companyId, period }: Pick<CutMonth, 'companyId' | 'period'>,
  after: string,
): Promise<readonly InvoiceToCut[]> {
  const { rows } = await sql<Omit<InvoiceToCut, 'totalMinor'> & { readonly total: string }>`
    SELECT l.number, l.item_count AS itemCount, CAST(l.total_minor AS CHAR) AS total FROM line_invoice l LEFT JOIN invoice_collection c ON c.invoice_number = l.number
    WHERE l.billing_period = ${period} AND l.number > ${after} AND l.total_minor > 0
      AND (c.state IS NULL OR c.state IN ('billed', 'pending')) AND EXISTS (
        SELECT 1 FROM invoice_item i WHERE i.billing_period = l.billing_period AND i.closing_group = l.closing_group
          AND i.line_id = l.line_id AND i.holder_from = l.holder_from AND i.company_id = ${companyId})
    ORDER BY l.number LIMIT ${CHUNK_INVOICES}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ total, ...row }) => ({ ...row, totalMinor: BigInt(total) }));
}

/** Gives invoices without a result a standing of their own first, so that a result that comes meanwhile waits for it. */
async function cutInvoices(
  tx: InTransaction<Deps>,
  { companyId, bookedOn }: CutMonth,
  numbers: readonly string[],
): Promise<void> {
  const db = sqlOf(tx.em);
  await sql`INSERT INTO invoice_collection (invoice_number, billing_period, closing_group, total_minor, state, collected_minor,
      uncollected_minor, result_count, changed_on)
    SELECT l.number, l.billing_period, l.closing_group, l.total_minor, 'billed', 0, 0, 0, ${bookedOn} FROM line_invoice l
    WHERE l.number IN (${sql.join(numbers)}) ON DUPLICATE KEY UPDATE state = invoice_collection.state`.execute(
    db,
  );
  const standings = await db
    .selectFrom('invoice_collection')
    .selectAll()
    .where('invoiceNumber', 'in', numbers)
    .orderBy('invoiceNumber')
    .forUpdate()
    .execute();
  const cutFor = new Set([companyId]);
  const invoices = standings.map(({ invoiceNumber: number, ...standing }) => ({
    number,
    ...standing,
    cutFor,
  }));
  await bookShares(tx, { invoices, bookedOn, companyId });
}
