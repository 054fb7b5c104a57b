import type { Em } from '../database/orm.ts';
import { queryRows } from '../database/statement-pipeline.ts';
import { publishedTypes, type PublishedType } from './published-types.ts';

/** An event without a number, wherever it comes from. Instants are the database's text, in UTC. */
export interface SourceRow {
  readonly eventId: string | null;
  readonly chargeId: string | null;
  readonly companyId: number;
  readonly type: PublishedType;
  readonly subjectId: string;
  readonly occurredAt: string;
}

/** Some rows in the order of their keys. */
interface Chunk {
  /** How many have no number. */
  readonly waiting: number;
  /** Key of the last row; undefined without rows. */
  readonly last: string | undefined;
  readonly isEnd: boolean;
}

/** A table with events. */
export interface Source {
  /** Key after which the look begins. */
  readonly start: string;
  read(em: Em, range: { readonly after: string; readonly limit: number }): Promise<Chunk>;
  listWaiting(
    em: Em,
    range: { readonly after: string; readonly through: string; readonly limit: number },
  ): Promise<readonly SourceRow[]>;
}

/** Where a look begins: the identifier of an event, and of a charge. */
export interface Start {
  readonly eventId: string;
  readonly chargeId: string;
}

/** The tables that events come from; each is looked through from where the look begins. */
export function sources({ eventId, chargeId }: Start): readonly Source[] {
  return [ofTable(eventTable, eventId), ofTable(chargeTable, chargeId)];
}

interface SourceTable {
  readonly from: string;
  readonly where: string;
  readonly values: readonly unknown[];
  readonly columns: string;
  /** Column of `published_event` that names the row. */
  readonly named: string;
}

const eventTable: SourceTable = {
  from: 'event s',
  where: 's.company_id IS NOT NULL AND s.type IN (?)',
  values: [publishedTypes],
  columns:
    's.id AS eventId, NULL AS chargeId, s.company_id AS companyId, s.type AS type, s.subject_id AS subjectId, s.occurred_at AS occurredAt',
  named: 'event_id',
};

/** A captured row never changes, and these two kinds are captured when they are written. */
const chargeTable: SourceTable = {
  from: 'charge s',
  where: "s.kind IN ('usage', 'monthly') AND s.state = 'captured'",
  values: [],
  columns:
    "NULL AS eventId, s.id AS chargeId, s.company_id AS companyId, 'charge.captured' AS type, s.id AS subjectId, s.captured_at AS occurredAt",
  named: 'charge_id',
};

function ofTable({ from, where, values, columns, named }: SourceTable, start: string): Source {
  const joined = `${from} LEFT JOIN published_event p ON p.${named} = s.id`;
  return {
    start,
    async read(em, { after, limit }) {
      const [row] = await queryRows<{ waiting: string | number | null; found: number; last: string | null }>(
        em,
        `SELECT SUM(t.is_waiting) AS waiting, COUNT(*) AS found, CAST(MAX(t.id) AS CHAR) AS last FROM (
           SELECT s.id, p.id IS NULL AS is_waiting FROM ${joined} WHERE s.id > ? AND ${where} ORDER BY s.id LIMIT ?) t`,
        [after, ...values, limit],
      );
      const { waiting = 0, found = 0, last } = row ?? {};
      return { waiting: Number(waiting ?? 0), last: last ?? undefined, isEnd: found < limit };
    },
    listWaiting: (em, { after, through, limit }) =>
      queryRows<SourceRow>(
        em,
        `SELECT ${columns} FROM ${joined} WHERE s.id > ? AND s.id <= ? AND ${where} AND p.id IS NULL
         ORDER BY s.id LIMIT ?`,
        [after, through, ...values, limit],
      ),
  };
}
