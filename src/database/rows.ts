import { CompiledQuery, type Insertable } from 'kysely';
import type { Em } from './orm.ts';
import type { Tables } from './sql.ts';

/*
 * Statements of the intake and of the import, past the query builder: for many rows it takes longer to put a statement
 * together, and to rename and convert what comes back, than the database takes to run it.
 *
 * Those asked for in one turn, as by `Promise.all`, go to the database in one message, in their order: on a
 * busy machine the way there and back costs more than most of them. When one fails, those after it are not
 * run and all of the message fail with it; so ask together only inside a transaction, or for reading.
 */

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly resolve: (rows: never[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** What each unit of work has asked for in this turn. */
const asked = new WeakMap<Em, Statement[]>();

/**
 * Runs one statement; a `?` takes a value or, in brackets, a list. Rows come as the driver gives them: columns
 * under their names in the statement, instants and dates as text, whole numbers as numbers (text past 2^53).
 */
export function queryRows<Row>(em: Em, text: string, values: readonly unknown[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const statement = { text, values, resolve, reject };
    const statements = asked.get(em);
    if (statements) {
      statements.push(statement);
      return;
    }
    asked.set(em, [statement]);
    // Behind the promises that are settled already, for what they lead to belongs to this turn too.
    process.nextTick(() => void sendAsked(em));
  });
}

async function sendAsked(em: Em): Promise<void> {
  const statements = asked.get(em) ?? [];
  asked.delete(em);
  const text = statements.map((statement) => statement.text).join(';\n');
  const values = statements.flatMap((statement) => statement.values);
  try {
    const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(text, values));
    const results = (statements.length === 1 ? [rows] : rows) as readonly unknown[];
    statements.forEach(({ resolve }, index) => {
      const result = results[index];
      resolve((Array.isArray(result) ? result : []) as never[]);
    });
  } catch (error) {
    for (const { reject } of statements) reject(error);
  }
}

/**
 * Inserts rows with one statement. All have the members of the first, named as the properties of the table's
 * entity; `otherwise` may follow, e.g. `ON DUPLICATE KEY UPDATE …`.
 */
export async function insertRows<Name extends keyof Tables>(
  em: Em,
  table: Name,
  rows: readonly Insertable<Tables[Name]>[],
  otherwise = '',
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const properties = Object.keys(first) as (keyof typeof first)[];
  const columns = properties.map((property) => columnOf(String(property)));
  const values = rows.map((row) => properties.map((property) => row[property]));
  await queryRows(em, `INSERT INTO ${table} (${columns.join(', ')}) VALUES ? ${otherwise}`, [values]);
}

/** Every column is named like its property, in lower case with underscores. */
function columnOf(property: string): string {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
