import { CompiledQuery } from 'kysely';
import type { Em } from './orm.ts';
import { selectStatement, type Statement } from './statement.ts';

/*
 * How statements are sent to the database.
 *
 * A pipeline sends its statements in one message, in their order: on a busy machine a round trip costs more than most
 * statements. When one fails, the later ones are not run and the whole pipeline fails; so run several only inside a
 * transaction, or for reading.
 *
 * A statement on a connection whose transaction has ended commits by itself, and a server ends a transaction when it
 * resolves a deadlock against it. So after a failure in a transaction nothing more is sent, and two pipelines of one
 * transaction never run at the same time.
 *
 * To a node of a cluster the statements go one by one. The cluster may end a transaction between two statements of a
 * message; it returns no error for that, and the rest runs without the transaction (`npm run faults -- cluster`).
 */

type Results<Statements extends readonly Statement<unknown>[]> = {
  -readonly [Index in keyof Statements]: Statements[Index] extends Statement<infer Result> ? Result : never;
};

/** Why a statement of a transaction has failed. */
const failures = new WeakMap<Em, unknown>();
/** Transactions with a running pipeline. */
const busy = new WeakSet<Em>();

/**
 * Runs statements in one round trip and gives the result of each, in their order.
 *
 * @example
 * const [holds, periods] = await runPipeline(tx.em, [lockTenures(tenures), findBillingPeriods(keys)]);
 */
export async function runPipeline<const Statements extends readonly Statement<unknown>[]>(
  em: Em,
  statements: Statements,
): Promise<Results<Statements>> {
  const toRun = statements.filter(({ text }) => text !== undefined);
  const rows = (toRun.length === 0 ? [] : await sendGuarded(em, toRun)).values();
  return statements.map(({ text, decode }) =>
    decode(text === undefined ? [] : (rows.next().value ?? [])),
  ) as Results<Statements>;
}

/** Runs one statement. */
export async function runStatement<Result>(em: Em, statement: Statement<Result>): Promise<Result> {
  const [result] = await runPipeline(em, [statement]);
  return result;
}

/** Runs one statement for its rows. */
export function queryRows<Row>(em: Em, text: string, values: readonly unknown[]): Promise<readonly Row[]> {
  return runStatement(em, selectStatement<Row>(text, values));
}

async function sendGuarded(em: Em, statements: readonly Statement<unknown>[]) {
  if (!em.isInTransaction()) return await sendAll(em, statements);
  if (failures.has(em)) throw failures.get(em);
  if (busy.has(em)) throw new Error('two pipelines of one transaction at the same time: make them one');
  busy.add(em);
  try {
    return await sendAll(em, statements);
  } catch (error) {
    failures.set(em, error);
    throw error;
  } finally {
    busy.delete(em);
  }
}

async function sendAll(em: Em, statements: readonly Statement<unknown>[]): Promise<(readonly never[])[]> {
  const oneByOne = statements.length === 1 || (await isClusterNode(em));
  if (!oneByOne) return await sendTogether(em, statements);
  const results: (readonly never[])[] = [];
  for (const { text, values } of statements) results.push(rowsOf(await send(em, text!, values)));
  return results;
}

async function sendTogether(em: Em, statements: readonly Statement<unknown>[]) {
  const text = statements.map((statement) => statement.text).join(';\n');
  const values = statements.flatMap((statement) => statement.values);
  const results = await send(em, text, values);
  return statements.map((_, index) => rowsOf(results[index]));
}

async function send(em: Em, text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
  const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(text, [...values]));
  return rows;
}

/** The rows of a result; for a statement without rows the driver returns something else. */
function rowsOf(result: unknown): readonly never[] {
  return (Array.isArray(result) ? result : []) as never[];
}

/** Asked once for each database, over the current connection: a caller with a connection must not wait for another. */
const clusterNodes = new WeakMap<object, Promise<boolean>>();

function isClusterNode(em: Em): Promise<boolean> {
  const driver = em.getDriver();
  let isNode = clusterNodes.get(driver);
  if (!isNode) {
    isNode = send(em, 'SELECT @@wsrep_on AS isNode', []).then(
      ([row]) => (row as { isNode: number }).isNode === 1,
    );
    clusterNodes.set(driver, isNode);
    isNode.catch(() => clusterNodes.delete(driver));
  }
  return isNode;
}
