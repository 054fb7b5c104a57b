import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { maskName } from '../personal-data/mask.rules.ts';
import type { FoundTenure } from './found.types.ts';
import type { SearchTerms } from './search-terms.rules.ts';

/** Sorts after every character. */
const LAST = '\u{10ffff}';
/** Sorts after every character of line IDs, telephone numbers and addresses. */
const LAST_ASCII = '~';

/**
 * Tenures by line ID, telephone number, mail address, name or kana of the holder: each by its key, from its beginning. Today's holders
 * come before former ones.
 */
export async function findTenures(
  deps: Deps,
  terms: SearchTerms,
  { limit, areNamesSeen }: { readonly limit: number; readonly areNamesSeen: boolean },
): Promise<FoundTenure[]> {
  const branches = branchesOf(terms, areNamesSeen);
  if (branches.length === 0) return [];
  const selects = branches.map(({ index, column, start, last }) =>
    tenuresFrom(index, column, start, last, limit),
  );
  const { rows } = await sql<FoundTenure>`
    SELECT t.lineId, t.holderFrom, t.validTo, t.holder, t.holderKana, t.product, l.status
    FROM (${sql.join(selects, sql` UNION `)}) AS t JOIN line l ON l.line_id = t.lineId
    ORDER BY t.validTo IS NOT NULL, t.lineId, t.holderFrom DESC LIMIT ${limit}`.execute(sqlOf(emOf(deps)));
  if (areNamesSeen) return rows;
  return rows.map((row) => ({
    ...row,
    holder: maskName(row.holder),
    holderKana: row.holderKana === null ? null : maskName(row.holderKana),
  }));
}

interface Branch {
  readonly index: string;
  readonly column: string;
  readonly start: string;
  /** Sorts after all that begins so; undefined to find the whole alone. */
  readonly last: string | undefined;
}

/** What reaches a person is found whole only by those who see it masked: found by its beginning, it could be guessed digit by digit. */
function branchesOf({ lineId, telephone, email, name }: SearchTerms, areNamesSeen: boolean): Branch[] {
  const ascii = { last: LAST_ASCII };
  const words = { last: LAST };
  const reached = (last: string) => ({ last: areNamesSeen ? last : undefined });
  return [
    ...(lineId === undefined ? [] : [{ index: 'PRIMARY', column: 'line_id', start: lineId, ...ascii }]),
    ...(telephone === undefined
      ? []
      : [{ index: 'line_holder_telephone', column: 'telephone', start: telephone, ...reached(LAST_ASCII) }]),
    ...(email === undefined
      ? []
      : [{ index: 'line_holder_email', column: 'email', start: email, ...reached(LAST) }]),
    ...(name === undefined
      ? []
      : [
          { index: 'line_holder_name', column: 'holder_key', start: name, ...words },
          { index: 'line_holder_kana', column: 'kana_key', start: name, ...words },
        ]),
  ];
}

function tenuresFrom(
  index: string,
  column: string,
  start: string,
  last: string | undefined,
  limit: number,
): RawBuilder<unknown> {
  const key = sql.ref(column);
  return sql`(SELECT line_id AS lineId, valid_from AS holderFrom, valid_to AS validTo, holder, holder_kana AS holderKana, product
    FROM line_holder FORCE INDEX (${sql.ref(index)})
    WHERE ${last === undefined ? sql`${key} = ${start}` : sql`${key} >= ${start} AND ${key} < ${start + last}`} ORDER BY ${key} LIMIT ${limit})`;
}
