import type { Deps } from '../../../src/deps.ts';
import { onDatabase } from '../harness/bench-database.ts';

interface Connection {
  query(...words: unknown[]): unknown;
}

interface Pool {
  on(event: 'acquire', listener: (connection: Connection) => void): void;
}

type Listener = (statement: string) => void;

const listeners = new WeakMap<Connection, { current?: Listener | undefined }>();

/** The statements that `work` sends, each as it is sent. Nothing else may run meanwhile. */
export async function recordStatements(deps: Deps, work: () => Promise<unknown>): Promise<string[]> {
  const pool = (await deps.orm.em.getConnection().getNativeClient()) as unknown as Pool;
  const statements: string[] = [];
  const seen = new Set<{ current?: Listener | undefined }>();
  pool.on('acquire', (connection) => {
    const known = listeners.get(connection) ?? listen(connection);
    known.current = (statement) => void statements.push(statement);
    seen.add(known);
  });
  await work();
  for (const listener of seen) listener.current = undefined;
  return statements;
}

function listen(connection: Connection): { current?: Listener | undefined } {
  const listener: { current?: Listener | undefined } = {};
  listeners.set(connection, listener);
  const query = connection.query.bind(connection);
  connection.query = (...words) => {
    const sent = query(...words) as { sql?: string } | undefined;
    if (typeof sent?.sql === 'string') listener.current?.(sent.sql);
    return sent;
  };
  return listener;
}

/** How the database reads each of some statements: table, key, rows and what it does besides. */
export function explain(url: string, statements: readonly string[]): Promise<string[]> {
  return onDatabase(url, async (connection) => {
    const lines: string[] = [];
    for (const statement of statements.filter((text) => /^\s*SELECT/i.test(text))) {
      lines.push(statement.replaceAll(/\s+/g, ' ').trim());
      const [rows] = await connection.query<never[]>(`EXPLAIN ${statement}`);
      lines.push(...(rows as Record<string, unknown>[]).map((row) => `  ${JSON.stringify(row)}`));
    }
    return lines;
  });
}
