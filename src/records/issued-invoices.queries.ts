import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { isLineWords, type DocumentFilter } from './document-filter.rules.ts';
import type { FoundInvoiceDocument } from './invoice-search.queries.ts';

/** What invoices are looked for; `party` is a line or a holder's name. */
export type InvoiceScope = Omit<DocumentFilter, 'after'>;

/** A closed period whose invoices have documents. */
export interface IssuedPeriod {
  readonly billingPeriod: string;
  readonly closingGroup: number;
  readonly issuedOn: string;
  readonly invoiceCount: number;
  readonly totalMinor: bigint;
}

/** The last invoice of a page. */
export interface InvoicePlace {
  readonly totalMinor: bigint;
  readonly lineId: string;
  readonly holderFrom: string;
}

/** The periods whose invoices were issued in a range, the newest first; six for each month. */
export async function listPeriods(deps: Deps, { from, to }: InvoiceScope): Promise<IssuedPeriod[]> {
  const rows = await sqlOf(emOf(deps))
    .selectFrom('billing_period')
    .select(['period', 'closingGroup', 'issueOn', 'invoiceCount', 'totalMinor'])
    .where('state', '=', 'closed')
    .where('invoiceFormat', '>', 1)
    .$if(from !== undefined, (query) => query.where('issueOn', '>=', from!))
    .$if(to !== undefined, (query) => query.where('issueOn', '<=', to!))
    .execute();
  const nameOf = (row: (typeof rows)[number]) => `${row.issueOn} ${row.period}/${row.closingGroup}`;
  return rows
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? 1 : -1))
    .map(({ period, issueOn, closingGroup, invoiceCount, totalMinor }) => ({
      billingPeriod: period,
      closingGroup,
      issuedOn: issueOn,
      invoiceCount: invoiceCount ?? 0,
      totalMinor: totalMinor ?? 0n,
    }));
}

const hasAmounts = ({ minMinor, maxMinor }: InvoiceScope) => minMinor !== undefined || maxMinor !== undefined;

/** The invoices of a period that match, by the index of what is asked for: the holder, the line, the amount, or the primary key. */
export function invoicesInPeriod(period: IssuedPeriod, scope: InvoiceScope) {
  const { party, minMinor, maxMinor } = scope;
  const isLine = party !== undefined && isLineWords(party);
  const index = isLine
    ? 'PRIMARY'
    : party === undefined
      ? hasAmounts(scope)
        ? 'line_invoice_of_amount'
        : 'PRIMARY'
      : 'line_invoice_of_holder';
  const conditions = [
    sql`l.billing_period = ${period.billingPeriod} AND l.closing_group = ${period.closingGroup} AND l.number IS NOT NULL`,
    party === undefined
      ? undefined
      : isLine
        ? sql`l.line_id = ${party.toUpperCase()}`
        : sql`l.holder = ${party}`,
    minMinor === undefined ? undefined : sql`l.issued_minor >= ${minMinor}`,
    maxMinor === undefined ? undefined : sql`l.issued_minor <= ${maxMinor}`,
  ].filter((condition) => condition !== undefined);
  return {
    from: sql`line_invoice l FORCE INDEX (${sql.raw(index)})`,
    where: sql.join(conditions, sql` AND `),
    // In the order of the index.
    order: hasAmounts(scope)
      ? sql`l.issued_minor DESC, l.line_id DESC, l.holder_from DESC`
      : sql`l.line_id DESC, l.holder_from DESC`,
  };
}

interface Page {
  readonly place: InvoicePlace | undefined;
  readonly limit: number;
}

/** Some invoices of a period, from a place on. */
export async function readInPeriod(
  deps: Deps,
  period: IssuedPeriod,
  scope: InvoiceScope,
  { place, limit }: Page,
): Promise<FoundInvoiceDocument[]> {
  const { from, where, order } = invoicesInPeriod(period, scope);
  const { rows } = await sql<Omit<FoundInvoiceDocument, 'totalMinor' | 'issuedOn'> & { total: string }>`
    SELECT l.number, l.number AS firstNumber, 1 AS revision, l.billing_period AS billingPeriod, l.closing_group AS closingGroup,
      l.line_id AS lineId, l.holder_from AS holderFrom, l.holder, l.item_count AS itemCount, CAST(l.total_minor AS CHAR) AS total
    FROM ${from} WHERE ${where} AND ${isBehind(place, scope)} ORDER BY ${order} LIMIT ${limit}`.execute(
    sqlOf(emOf(deps)),
  );
  return rows.map(({ total, ...row }) => ({ ...row, issuedOn: period.issuedOn, totalMinor: BigInt(total) }));
}

function isBehind(place: InvoicePlace | undefined, scope: InvoiceScope) {
  if (!place) return sql`TRUE`;
  const { totalMinor, lineId, holderFrom } = place;
  const byLine = sql`(l.line_id < ${lineId} OR (l.line_id = ${lineId} AND l.holder_from < ${holderFrom}))`;
  if (!hasAmounts(scope)) return sql`l.line_id <= ${lineId} AND ${byLine}`;
  return sql`l.issued_minor <= ${totalMinor} AND (l.issued_minor < ${totalMinor} OR ${byLine})`;
}

/** Count and sum of a period's invoices that match, of `limit` at most; of all of them as its close has stored it. */
export async function countInPeriod(deps: Deps, period: IssuedPeriod, scope: InvoiceScope, limit: number) {
  if (scope.party === undefined && !hasAmounts(scope))
    return { count: period.invoiceCount, totalMinor: period.totalMinor };
  const { from, where } = invoicesInPeriod(period, scope);
  const { rows } = await sql<{ count: number; total: string | null }>`
    SELECT COUNT(*) AS count, CAST(SUM(t.issued_minor) AS CHAR) AS total
    FROM (SELECT l.issued_minor FROM ${from} WHERE ${where} LIMIT ${limit}) t`.execute(sqlOf(emOf(deps)));
  return { count: rows[0]?.count ?? 0, totalMinor: BigInt(rows[0]?.total ?? 0) };
}
