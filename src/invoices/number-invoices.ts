import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { RunHandle } from '../runs/run-handle.ts';
import type { PeriodKey } from './ensure-billing-period.ts';
import { numberPrefix } from './invoice-number.rules.ts';
import { supplierPart } from './supplier-part.ts';

/** Each invoice takes its number and up to four rows of tax: together within one chunk's limit. */
const INVOICES_PER_CHUNK = 2_000;

/**
 * Numbers the invoices of a closing period in the order of their lines, without a gap, and works out the
 * tax in each. From here on the database lets none of them change. Goes on after the last numbered one, so
 * a second try gives the same numbers.
 */
export async function numberInvoices(deps: Deps, run: RunHandle, key: PeriodKey): Promise<void> {
  let { numbered, afterLine } = await findLastNumbered(deps, key);
  for (;;) {
    const size = run.chunkSize ?? INVOICES_PER_CHUNK;
    const throughLine = await findChunkEnd(deps, { ...key, afterLine }, size);
    if (throughLine === undefined) return;
    const range = { ...key, afterLine, throughLine, numbered };
    const chunk = await run.inChunk(async (tx) => {
      const invoices = await numberRange(tx, range);
      await taxRange(tx, range);
      return { done: 0, invoices };
    });
    numbered += chunk.invoices;
    afterLine = throughLine;
  }
}

interface InvoiceRange extends PeriodKey {
  readonly afterLine: string;
  readonly throughLine: string;
  /** Invoices of the period that have their number already. */
  readonly numbered: number;
}

async function findLastNumbered(deps: Deps, key: PeriodKey) {
  const row = await sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select(({ fn }) => [fn.countAll().as('numbered'), fn.max('lineId').as('lastLine')])
    .where('billingPeriod', '=', key.period)
    .where('closingGroup', '=', key.closingGroup)
    .where('number', 'is not', null)
    .executeTakeFirstOrThrow();
  return { numbered: Number(row.numbered), afterLine: row.lastLine ?? '' };
}

async function findChunkEnd(deps: Deps, range: PeriodKey & { afterLine: string }, size: number) {
  const lines = sqlOf(emOf(deps))
    .selectFrom('line_invoice')
    .select('lineId')
    .where('billingPeriod', '=', range.period)
    .where('closingGroup', '=', range.closingGroup)
    .where('lineId', '>', range.afterLine)
    .orderBy('lineId')
    .limit(size)
    .as('lines');
  const row = await sqlOf(emOf(deps))
    .selectFrom(lines)
    .select(({ fn }) => fn.max('lineId').as('lineId'))
    .executeTakeFirstOrThrow();
  return row.lineId ?? undefined;
}

async function numberRange(tx: InTransaction<Deps>, range: InvoiceRange): Promise<number> {
  const result = await sql`
    UPDATE line_invoice l
    JOIN (SELECT line_id, ROW_NUMBER() OVER (ORDER BY line_id) + ${range.numbered} AS position
      FROM line_invoice WHERE ${within('line_invoice', range)}) p ON p.line_id = l.line_id
    SET l.number = CONCAT(${numberPrefix(range)}, LPAD(p.position, GREATEST(7, LENGTH(p.position)), '0'))
    WHERE ${within('l', range)}`.execute(sqlOf(tx.em));
  return Number(result.numAffectedRows ?? 0n);
}

/** Rounded once per invoice, part and rate, downwards in whole numbers: `includedTax` of tax.rules.ts for a set. */
async function taxRange(tx: InTransaction<Deps>, range: InvoiceRange): Promise<void> {
  await sql`
    INSERT INTO line_invoice_tax
      (billing_period, closing_group, line_id, part, tax_code, tax_rate_bps, total_minor, tax_minor)
    SELECT i.billing_period, i.closing_group, i.line_id, ${supplierPart} AS part, i.tax_code, i.tax_rate_bps,
      SUM(i.amount_minor), (CAST(SUM(i.amount_minor) AS SIGNED) * i.tax_rate_bps) DIV (10000 + i.tax_rate_bps)
    FROM invoice_item i STRAIGHT_JOIN company co ON co.id = i.company_id
    WHERE ${within('i', range)}
    GROUP BY i.line_id, part, i.tax_code, i.tax_rate_bps`.execute(sqlOf(tx.em));
}

const within = (table: string, range: InvoiceRange) => sql`
  ${sql.ref(`${table}.billing_period`)} = ${range.period} AND ${sql.ref(`${table}.closing_group`)} = ${range.closingGroup}
  AND ${sql.ref(`${table}.line_id`)} > ${range.afterLine} AND ${sql.ref(`${table}.line_id`)} <= ${range.throughLine}`;
