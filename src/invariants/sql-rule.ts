import { sql, type RawBuilder } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import type { OffendingRow, Rule } from './invariant.types.ts';
import { within, type Within } from './within.ts';

/** Maximum offending rows that one rule lists; all are counted. */
export const OFFENDING_SHOWN = 20;

interface SqlRule {
  /** Table and condition of the rows that count as checked. */
  readonly checks: RawBuilder<unknown>;
  /** A SELECT of the rows that break the rule; its columns are named for people. */
  readonly broken: RawBuilder<unknown>;
}

/**
 * A rule that the database checks: one set-based statement that returns the rows that break it. Given a function, it limits
 * large tables to the months to read; otherwise it reads whole tables.
 */
export function sqlRule(sentence: string, rule: SqlRule | ((months: Within) => SqlRule)): Rule {
  return {
    sentence,
    async find({ em }, { months }) {
      const { checks, broken } = typeof rule === 'function' ? rule(within(months)) : rule;
      const query = sqlOf(em);
      const all = await sql<{ n: number | string }>`SELECT COUNT(*) AS n FROM ${checks}`.execute(query);
      const found = await sql<OffendingRow>`
        SELECT o.*, COUNT(*) OVER () AS offending_count FROM (${broken}) AS o LIMIT ${OFFENDING_SHOWN}`.execute(
        query,
      );
      const offending = found.rows.map((row) => {
        const { offending_count: count, ...shown } = row;
        return { count: Number(count), shown };
      });
      return {
        checked: Number(all.rows[0]?.n ?? 0),
        count: offending[0]?.count ?? 0,
        offending: offending.map(({ shown }) => shown),
      };
    },
  };
}
