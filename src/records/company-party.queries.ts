import { sql } from 'kysely';
import { findWords, likePattern } from '../companies/search-words.rules.ts';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';

/** More companies than a person means; a search that finds as many is to be narrowed. */
const MAX_COMPANIES = 200;

/**
 * The companies of a code, or with all words in a name that they have or had: a document names them as they were then.
 * @returns their row ids; undefined when no company is asked for.
 */
export async function findPartyCompanies(
  deps: Deps,
  party: string | undefined,
): Promise<number[] | undefined> {
  const words = findWords(party ?? '');
  if (words.length === 0) return undefined;
  const named = (table: string) =>
    sql.join(
      words.map((word) => {
        const pattern = likePattern(word);
        return sql`(${sql.ref(`${table}.name`)} LIKE ${pattern} ESCAPE '!' OR ${sql.ref(`${table}.name_en`)} LIKE ${pattern} ESCAPE '!')`;
      }),
      sql` AND `,
    );
  const { rows } = await sql<{ companyId: number }>`
    SELECT c.id AS companyId FROM company c WHERE ${named('c')} OR ${isCode(words)}
    UNION SELECT v.party_id FROM party_version v WHERE v.kind = 'company' AND ${named('v')}
    LIMIT ${MAX_COMPANIES}`.execute(sqlOf(emOf(deps)));
  return rows.map(({ companyId }) => companyId);
}

/** Codes are ASCII, and the database compares them with nothing else. */
const isCode = ([word = '']: readonly string[]) =>
  /^[\w.-]+$/.test(word) ? sql`c.code = ${word.toLowerCase()}` : sql`FALSE`;
