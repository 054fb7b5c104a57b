import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { DOCUMENTS_PER_PAGE, isLineWords, MAX_COUNTED } from './document-filter.rules.ts';
import type { FoundInvoiceDocument } from './invoice-search.queries.ts';
import type { InvoiceScope } from './issued-invoices.queries.ts';

/** Corrections are few: they are read by their date, or by the invoice of a line or holder. */
export function correctedInvoices({ from, to, party, minMinor, maxMinor }: InvoiceScope) {
  const isLine = party !== undefined && isLineWords(party);
  const conditions = [
    from === undefined ? undefined : sql`r.corrected_on >= ${from}`,
    to === undefined ? undefined : sql`r.corrected_on <= ${to}`,
    minMinor === undefined ? undefined : sql`l.total_minor >= ${minMinor}`,
    maxMinor === undefined ? undefined : sql`l.total_minor <= ${maxMinor}`,
    party === undefined
      ? undefined
      : isLine
        ? sql`l.line_id = ${party.toUpperCase()}`
        : sql`(l.holder = ${party} OR JSON_VALUE(r.content, '$.holder') = ${party})`,
  ].filter((condition) => condition !== undefined);
  return {
    from: sql`invoice_correction r FORCE INDEX (invoice_correction_by_date) JOIN line_invoice l ON l.number = r.invoice_number`,
    where: sql.join([sql`TRUE`, ...conditions], sql` AND `),
  };
}

/** Corrections behind a place: a date, and the number of a correction if the page before ended with one. */
export async function readCorrections(
  deps: Deps,
  scope: InvoiceScope,
  after: { readonly date: string; readonly number?: string | undefined } | undefined,
): Promise<FoundInvoiceDocument[]> {
  const { from, where } = correctedInvoices(scope);
  const isBehind = !after
    ? sql`TRUE`
    : after.number === undefined
      ? sql`r.corrected_on < ${after.date}`
      : sql`r.corrected_on <= ${after.date} AND (r.corrected_on < ${after.date} OR r.number < ${after.number})`;
  const { rows } = await sql<Omit<FoundInvoiceDocument, 'totalMinor'> & { total: string }>`
    SELECT r.number, r.invoice_number AS firstNumber, r.revision, r.corrected_on AS issuedOn, l.billing_period AS billingPeriod,
      l.closing_group AS closingGroup, l.line_id AS lineId, l.holder_from AS holderFrom,
      COALESCE(JSON_VALUE(r.content, '$.holder'), l.holder) AS holder, l.item_count AS itemCount, CAST(l.total_minor AS CHAR) AS total
    FROM ${from} WHERE ${where} AND ${isBehind}
    ORDER BY r.corrected_on DESC, r.number DESC LIMIT ${DOCUMENTS_PER_PAGE + 1}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ total, ...row }) => ({ ...row, totalMinor: BigInt(total) }));
}

/** Count and sum of the corrections that match. */
export async function countCorrections(deps: Deps, scope: InvoiceScope) {
  const { from, where } = correctedInvoices(scope);
  const { rows } = await sql<{ count: number; total: string | null }>`
    SELECT COUNT(*) AS count, CAST(SUM(t.total_minor) AS CHAR) AS total
    FROM (SELECT l.total_minor FROM ${from} WHERE ${where} LIMIT ${MAX_COUNTED}) t`.execute(
    sqlOf(emOf(deps)),
  );
  return { count: rows[0]?.count ?? 0, totalMinor: BigInt(rows[0]?.total ?? 0) };
}
