import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import { AFTER_ALL_LINES } from './fold-chunk.ts';
import { numberPrefix } from './invoice-number.rules.ts';
import { streamInvoiceRanges, within, type InvoiceRange, type LineRange } from './invoice-ranges.ts';
import { isCompanyOfItem } from './keep-parties.ts';
import { supplierStatus } from './supplier-status.ts';

/** Each invoice takes its number and up to four rows of tax: together within one chunk's limit. Few lines have two. */
const LINES_PER_CHUNK = 2_000;

/**
 * Numbers the invoices of a closing period in the order of their lines and tenures, without a gap, and works out the
 * tax in each. From here on the database lets none of them change. Goes on after the last numbered one, so
 * a second try gives the same numbers. Yields every range of lines once its invoices are numbered, those
 * that an earlier attempt has numbered as well.
 */
export async function* numberInvoices(deps: Deps, run: RunHandle, key: PeriodKey): AsyncGenerator<LineRange> {
  const last = await findLastNumbered(deps, key);
  yield* streamInvoiceRanges(deps, { ...key, afterLine: '', throughLine: last.lineId }, LINES_PER_CHUNK);
  const rest = { ...key, afterLine: last.lineId, throughLine: AFTER_ALL_LINES };
  let { numbered } = last;
  for await (const range of streamInvoiceRanges(deps, rest, run.chunkSize ?? LINES_PER_CHUNK)) {
    await run.inChunk(async (tx) => {
      await numberRange(tx, range, numbered);
      await taxRange(tx, range);
      return { done: 0 };
    });
    numbered += range.invoices;
    yield range;
  }
}

/** Invoices of the period that have their number already, and the line of the last of them. */
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

/** Throws when another number of invoices is there than was counted: the numbers would have a gap. */
async function numberRange(tx: InTransaction<Deps>, range: InvoiceRange, numbered: number): Promise<void> {
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

/** Rounded once per invoice, part and rate, downwards in whole numbers: `includedTax` of tax.rules.ts for a set. */
async function taxRange(tx: InTransaction<Deps>, range: LineRange): Promise<void> {
  await sql`
    INSERT INTO line_invoice_tax
      (billing_period, closing_group, line_id, holder_from, part, tax_code, tax_rate_bps, total_minor, tax_minor)
    SELECT i.billing_period, i.closing_group, i.line_id, i.holder_from, ${supplierStatus} AS part, i.tax_code,
      i.tax_rate_bps, SUM(i.amount_minor), (CAST(SUM(i.amount_minor) AS SIGNED) * i.tax_rate_bps) DIV (10000 + i.tax_rate_bps)
    FROM invoice_item i STRAIGHT_JOIN closed_period_party co ON ${isCompanyOfItem}
    WHERE ${within('i', range)}
    GROUP BY i.line_id, i.holder_from, part, i.tax_code, i.tax_rate_bps`.execute(sqlOf(tx.em));
}
