import { sql, type RawBuilder } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { keptCompanyCode } from '../settlements/settlement-document.ts';
import { findPartyCompanies } from './company-party.queries.ts';
import {
  DOCUMENTS_PER_PAGE,
  MAX_COUNTED,
  readCursorParts,
  totalsOf,
  type DocumentFilter,
  type DocumentPage,
} from './document-filter.rules.ts';

/** An issued statement, or a correction of one. */
export interface FoundStatement {
  readonly settlementId: string;
  /** 1 for the statement itself. */
  readonly revision: number;
  readonly number: string;
  /** The business date that it was issued on. */
  readonly issuedOn: string;
  readonly billingPeriod: string;
  /** The company as the document names it. */
  readonly companyCode: string;
  readonly companyName: string;
  readonly billedMinor: bigint;
  /** Fee and set-up fee with tax. */
  readonly feeMinor: bigint;
  /** What is transferred: the amount that is searched by. */
  readonly payoutMinor: bigint;
}

interface Scope extends DocumentFilter {
  readonly companies: readonly number[] | undefined;
}

/** Statements and their corrections, the newest first. @throws Problem `permission-denied` */
export async function searchStatements(
  deps: Deps,
  actor: Actor,
  filter: DocumentFilter,
): Promise<DocumentPage<FoundStatement>> {
  authorize(actor, 'settlements:read');
  const scope: Scope = { ...filter, companies: await findPartyCompanies(deps, filter.party) };
  if (scope.companies?.length === 0) return { rows: [], totals: totalsOf([]), next: undefined };
  const found = [
    ...(await readRows(deps, 'issued', scope)),
    ...(await readRows(deps, 'corrected', scope)),
  ].toSorted((one, other) => (keyOf(one) < keyOf(other) ? 1 : -1));
  const rows = found.slice(0, DOCUMENTS_PER_PAGE);
  const last = rows.at(-1);
  return {
    rows,
    totals: totalsOf([await countRows(deps, 'issued', scope), await countRows(deps, 'corrected', scope)]),
    next: found.length > DOCUMENTS_PER_PAGE && last ? keyOf(last) : undefined,
  };
}

const keyOf = ({
  issuedOn,
  settlementId,
  revision,
}: Pick<FoundStatement, 'issuedOn' | 'settlementId' | 'revision'>) =>
  `${issuedOn}~${settlementId}~${String(revision).padStart(3, '0')}`;
const CURSOR = /^(\d{4}-\d{2}-\d{2})~([0-9A-Z]{26})~(\d{3})$/;

type Source = 'issued' | 'corrected';

/** The rows of one source, by the company if one is asked for, else by the date. */
export function statementRows(
  source: Source,
  scope: Scope,
): { from: RawBuilder<unknown>; where: RawBuilder<unknown> } {
  const index = scope.companies === undefined ? 'settlement_by_date' : 'settlement_of_company_by_date';
  const from =
    source === 'issued'
      ? sql`settlement s FORCE INDEX (${sql.raw(index)}) JOIN statement_file f ON f.settlement_id = s.id`
      : sql`statement_correction r FORCE INDEX (statement_correction_by_date) JOIN settlement s ON s.id = r.settlement_id`;
  const date = dateOf(source);
  const conditions = [
    scope.from === undefined ? undefined : sql`${date} >= ${scope.from}`,
    scope.to === undefined ? undefined : sql`${date} <= ${scope.to}`,
    scope.minMinor === undefined ? undefined : sql`s.payout_minor >= ${scope.minMinor}`,
    scope.maxMinor === undefined ? undefined : sql`s.payout_minor <= ${scope.maxMinor}`,
    scope.companies === undefined ? undefined : sql`s.company_id IN (${sql.join(scope.companies)})`,
  ].filter((condition) => condition !== undefined);
  return { from, where: sql.join([sql`TRUE`, ...conditions], sql` AND `) };
}

const dateOf = (source: Source) => (source === 'issued' ? sql`s.settled_on` : sql`r.corrected_on`);
const revisionOf = (source: Source) => (source === 'issued' ? sql`1` : sql`r.revision`);

interface Row extends Omit<FoundStatement, 'billedMinor' | 'feeMinor' | 'payoutMinor'> {
  readonly billed: string;
  readonly fee: string;
  readonly payout: string;
}

async function readRows(deps: Deps, source: Source, scope: Scope): Promise<FoundStatement[]> {
  const { from, where } = statementRows(source, scope);
  const [date, revision] = [dateOf(source), revisionOf(source)];
  const [day, id, after] = readCursorParts(scope.after, CURSOR) ?? [];
  const isAfter =
    day === undefined
      ? sql`TRUE`
      : sql`${date} <= ${day} AND (${date} < ${day} OR s.id < ${id} OR (s.id = ${id} AND ${revision} < ${Number(after)}))`;
  const content = source === 'issued' ? sql`d.content` : sql`r.content`;
  const { rows } = await sql<Row>`
    SELECT s.id AS settlementId, ${revision} AS revision, ${source === 'issued' ? sql`s.number` : sql`r.number`} AS number,
      ${date} AS issuedOn, s.billing_period AS billingPeriod, ${keptCompanyCode(sql`d.content`, sql`c.code`)} AS companyCode,
      COALESCE(JSON_VALUE(${content}, '$.company.name'), c.name) AS companyName, CAST(s.billed_minor AS CHAR) AS billed,
      CAST(s.fee_ex_tax_minor + s.fee_tax_minor + s.set_up_ex_tax_minor + s.set_up_tax_minor AS CHAR) AS fee,
      CAST(s.payout_minor AS CHAR) AS payout
    FROM ${from} JOIN company c ON c.id = s.company_id JOIN settlement_document d ON d.settlement_id = s.id
    WHERE ${where} AND ${isAfter}
    ORDER BY ${date} DESC, s.id DESC, ${revision} DESC LIMIT ${DOCUMENTS_PER_PAGE + 1}`.execute(
    sqlOf(emOf(deps)),
  );
  return rows.map(({ billed, fee, payout, ...row }) => ({
    ...row,
    billedMinor: BigInt(billed),
    feeMinor: BigInt(fee),
    payoutMinor: BigInt(payout),
  }));
}

async function countRows(deps: Deps, source: Source, scope: Scope) {
  const { from, where } = statementRows(source, scope);
  const { rows } = await sql<{ count: number; total: string | null }>`
    SELECT COUNT(*) AS count, CAST(SUM(t.payout_minor) AS CHAR) AS total
    FROM (SELECT s.payout_minor FROM ${from} WHERE ${where} LIMIT ${MAX_COUNTED}) t`.execute(
    sqlOf(emOf(deps)),
  );
  return { count: rows[0]?.count ?? 0, totalMinor: BigInt(rows[0]?.total ?? 0) };
}
