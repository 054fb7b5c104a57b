import { sql } from 'kysely';
import type { Actor } from '../access/actor.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { toBankCharacters } from '../shared/bank-characters.rules.ts';
import { findPartyCompanies } from './company-party.queries.ts';
import {
  DOCUMENTS_PER_PAGE,
  MAX_COUNTED,
  partyWords,
  readCursorParts,
  totalsOf,
  type DocumentFilter,
  type DocumentPage,
} from './document-filter.rules.ts';

/** A payout file that was sent to the bank. */
export interface FoundPayoutFile {
  readonly number: string;
  /** The business date that it was written on, and the day of its transfers. */
  readonly sentOn: string;
  readonly payOn: string;
  readonly payoutCount: number;
  readonly totalMinor: bigint;
  readonly checksum: string;
}

interface Scope extends DocumentFilter {
  readonly companies: readonly number[] | undefined;
  /** As the file writes it, in half-width kana. */
  readonly payee: string | undefined;
}

/** Payout files, the newest first; of a company or a payee those that have a transfer to it. @throws Problem `permission-denied` */
export async function searchPayoutFiles(
  deps: Deps,
  actor: Actor,
  filter: DocumentFilter,
): Promise<DocumentPage<FoundPayoutFile>> {
  authorize(actor, 'payouts:read');
  const payee = payeeOf(filter.party);
  const scope: Scope = { ...filter, payee, companies: await findPartyCompanies(deps, filter.party) };
  const conditions = payoutFiles(scope);
  const [day, number] = readCursorParts(filter.after, CURSOR) ?? [];
  const isAfter =
    day === undefined ? sql`TRUE` : sql`r.sent_on <= ${day} AND (r.sent_on < ${day} OR r.number < ${number})`;
  const { rows } = await sql<Omit<FoundPayoutFile, 'totalMinor'> & { total: string }>`
    SELECT r.number, r.sent_on AS sentOn, r.pay_on AS payOn, r.payout_count AS payoutCount, r.checksum,
      CAST(r.total_minor AS CHAR) AS total
    FROM payout_run r FORCE INDEX (payout_run_sent_on) WHERE ${conditions} AND ${isAfter}
    ORDER BY r.sent_on DESC, r.number DESC LIMIT ${DOCUMENTS_PER_PAGE + 1}`.execute(sqlOf(emOf(deps)));
  const shown = rows
    .slice(0, DOCUMENTS_PER_PAGE)
    .map(({ total, ...row }) => ({ ...row, totalMinor: BigInt(total) }));
  const last = shown.at(-1);
  return {
    rows: shown,
    totals: totalsOf([await countFiles(deps, scope)]),
    next: rows.length > DOCUMENTS_PER_PAGE && last ? `${last.sentOn}~${last.number}` : undefined,
  };
}

const CURSOR = /^(\d{4}-\d{2}-\d{2})~(\d{10})$/;

function payeeOf(party: string | undefined): string | undefined {
  const words = partyWords(party);
  const converted = words === undefined ? undefined : toBankCharacters(words, 'payee');
  return converted && 'text' in converted ? converted.text : undefined;
}

/** Sent files by their dates; those with a transfer to a company or payee by the indexes of payouts. */
export function payoutFiles({ from, to, minMinor, maxMinor, companies, payee }: Scope) {
  const isParty =
    companies === undefined
      ? undefined
      : sql`(${sql.join(
          [
            ...(companies.length > 0 ? [sql`p.company_id IN (${sql.join(companies)})`] : []),
            ...(payee === undefined
              ? []
              : [sql`p.payee LIKE ${`${payee.replaceAll(/[!%_]/g, '!$&')}%`} ESCAPE '!'`]),
            sql`FALSE`,
          ],
          sql` OR `,
        )})`;
  const conditions = [
    sql`r.sent_on ${from === undefined ? sql`IS NOT NULL` : sql`>= ${from}`}`,
    to === undefined ? undefined : sql`r.sent_on <= ${to}`,
    minMinor === undefined ? undefined : sql`r.total_minor >= ${minMinor}`,
    maxMinor === undefined ? undefined : sql`r.total_minor <= ${maxMinor}`,
    isParty && sql`r.id IN (SELECT p.run_id FROM payout p WHERE ${isParty})`,
  ].filter((condition) => condition !== undefined);
  return sql.join(conditions, sql` AND `);
}

async function countFiles(deps: Deps, scope: Scope) {
  const { rows } = await sql<{ count: number; total: string | null }>`
    SELECT COUNT(*) AS count, CAST(SUM(t.total_minor) AS CHAR) AS total
    FROM (SELECT r.total_minor FROM payout_run r FORCE INDEX (payout_run_sent_on)
      WHERE ${payoutFiles(scope)} LIMIT ${MAX_COUNTED}) t`.execute(sqlOf(emOf(deps)));
  return { count: rows[0]?.count ?? 0, totalMinor: BigInt(rows[0]?.total ?? 0) };
}
