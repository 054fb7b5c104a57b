import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import { prefetch } from '../shared/prefetch.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { AFTER_ALL_LINES } from './charge-range.queries.ts';
import { numberPrefix } from './invoice-number.rules.ts';
import {
  streamInvoiceBatches,
  within,
  type InvoiceBatch,
  type LineRange,
} from './invoice-batches.queries.ts';
import { isCompanyOfItem } from './keep-parties.ts';
import { supplierStatus } from './supplier-status.ts';

/** A chunk writes a number and up to four rows of tax for each invoice; few lines have two invoices. */
const LINES_PER_CHUNK = 2_000;

/**
 * Numbers the invoices of a closing period in the order of their lines and tenures, without a gap, and works out the
 * tax in each. The database refuses any change of a numbered invoice. Resumes after the last numbered one, so that
 * a second attempt gives the same numbers.
 */
export async function numberInvoices(deps: Deps, run: RunHandle, key: PeriodKey): Promise<void> {
  const last = await findLastNumbered(deps, key);
  const rest = { ...key, afterLine: last.lineId, throughLine: AFTER_ALL_LINES };
  let { numbered } = last;
  // The next batch is found while one is numbered.
  for await (const batch of prefetch(streamInvoiceBatches(deps, rest, run.chunkSize ?? LINES_PER_CHUNK))) {
    await run.inChunk(async (tx) => {
      await numberBatch(tx, batch, numbered);
      await taxBatch(tx, batch);
      return { done: 0 };
    });
    numbered += batch.invoices;
  }
}

/** How many invoices of the period have their number, and the line of the last of them. */
async function findLastNumbered(deps: Deps, key: PeriodKey): Promise<{ numbered: number; lineId: string }> {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select(({ fn }) => [fn.countAll().as('numbered'), fn.max('lineId').as('lastLine')])
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .where('number', 'is not', null)
    .executeTakeFirstOrThrow();
  return { numbered: Number(row.numbered), lineId: row.lastLine ?? '' };
}

/** Throws when the batch has more or fewer invoices than were counted: the numbers would have a gap. */
async function numberBatch(tx: InTransaction<Deps>, range: InvoiceBatch, numbered: number): Promise<void> {
  const { numAffectedRows } = await sql`
    UPDATE line_invoice l
    JOIN (SELECT line_id, holder_from, ROW_NUMBER() OVER (ORDER BY line_id, holder_from) + ${numbered} AS position
      FROM line_invoice WHERE ${within('line_invoice', range)}) p ON p.line_id = l.line_id AND p.holder_from = l.holder_from
    LEFT JOIN line_holder h ON h.line_id = l.line_id AND h.valid_from = l.holder_from
    SET l.holder = h.holder, l.number = CONCAT(${numberPrefix(range)}, LPAD(p.position, GREATEST(7, LENGTH(p.position)), '0'))
    WHERE ${within('l', range)}`.execute(sqlOf(tx.em));
  if (Number(numAffectedRows) !== range.invoices)
    throw new Error(
      `${range.invoices} invoices through line ${range.throughLine}, numbered ${numAffectedRows}`,
    );
}

/**
 * Rounded once per invoice, supplier status and rate, towards zero in whole numbers: `includedTax` of tax.rules.ts for a set. What
 * refunds make negative has the tax of the same positive total, negated.
 */
async function taxBatch(tx: InTransaction<Deps>, range: LineRange): Promise<void> {
  await sql`
    INSERT INTO line_invoice_tax
      (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
    SELECT i.billing_period, i.closing_group, i.line_id, i.holder_from, ${supplierStatus} AS part, i.tax_code,
      i.tax_rate_bps, SUM(i.amount_minor), 
      CAST(SUM(i.amount_minor) AS SIGNED) * CAST(i.tax_rate_bps AS SIGNED) DIV CAST(10000 + i.tax_rate_bps AS SIGNED)
    FROM invoice_item i STRAIGHT_JOIN closed_period_party co ON ${isCompanyOfItem}
    WHERE ${within('i', range)}
    GROUP BY i.line_id, i.holder_from, part, i.tax_code, i.tax_rate_bps`.execute(sqlOf(tx.em));
}
