import { CompiledQuery } from 'kysely';
import type { Em } from './orm.ts';

/*
 * How statements get to the database, past the query builder: for many rows it takes longer to put a statement
 * together, and to rename and convert what comes back, than the database takes to run it.
 *
 * Those asked for in one turn, by `runPipeline`, go to the database in one message, in their order: on a busy
 * machine the way there and back costs more than most of them. When one fails, those after it are not run and
 * all of the message fail with it; so ask together only inside a transaction, or for reading.
 *
 * A statement that comes to a connection whose transaction has ended is committed by itself, and a server ends a
 * transaction when it takes its side in a deadlock. So messages of one transaction follow each other, after
 * one that failed none is sent, and `runPipeline` does not give up while one is under way.
 *
 * To a node of a cluster they go one by one. The cluster may end a transaction between two statements of a
 * message; it does not say so, and the rest runs without the transaction (`npm run faults -- cluster`).
 */

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  readonly resolve: (rows: never[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** What each unit of work has asked for in this turn. */
const asked = new WeakMap<Em, Statement[]>();

/** The last message of each. */
const underWay = new WeakMap<Em, Promise<void>>();

/** Why a statement of a transaction has failed. */
const failures = new WeakMap<Em, unknown>();

/**
 * Like `Promise.all`, for statements of one transaction: throws only when nothing is under way any more, so that
 * none is sent behind the end of the transaction.
 */
export async function runPipeline<const Work extends readonly Promise<unknown>[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work);
  return await Promise.all(work);
}

/**
 * Runs one statement; a `?` takes a value or, in brackets, a list. Rows come as the driver gives them: columns
 * under their names in the statement, instants and dates as text, whole numbers as numbers (text past 2^53).
 * Several of one transaction are asked for by `runPipeline`, or one after another.
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
    process.nextTick(() => {
      const before = underWay.get(em);
      underWay.set(em, before ? before.then(() => sendAsked(em)) : sendAsked(em));
    });
  });
}

async function sendAsked(em: Em): Promise<void> {
  const statements = asked.get(em) ?? [];
  asked.delete(em);
  try {
    if (failures.has(em)) throw failures.get(em);
    const oneByOne = statements.length === 1 || (await isClusterNode(em));
    await (oneByOne ? sendOneByOne : sendTogether)(em, statements);
  } catch (error) {
    if (em.isInTransaction()) failures.set(em, error);
    for (const { reject } of statements) reject(error);
  }
}

async function sendOneByOne(em: Em, statements: readonly Statement[]): Promise<void> {
  for (const { text, values, resolve } of statements) resolve(rowsOf(await send(em, text, values)));
}

async function sendTogether(em: Em, statements: readonly Statement[]): Promise<void> {
  const text = statements.map((statement) => statement.text).join(';\n');
  const results = await send(
    em,
    text,
    statements.flatMap(({ values }) => values),
  );
  statements.forEach(({ resolve }, index) => resolve(rowsOf(results[index])));
}

async function send(em: Em, text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
  const { rows } = await em.getKysely().executeQuery(CompiledQuery.raw(text, [...values]));
  return rows;
}

/** What a statement without rows gives instead is not for its caller. */
function rowsOf(result: unknown): never[] {
  return (Array.isArray(result) ? result : []) as never[];
}

/** Asked once for each database, over the connection at hand: whoever holds one must not wait for another. */
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
