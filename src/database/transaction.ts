import type { Em, Orm } from './orm.ts';
import { constraintOf, isTransient } from './database-error.rules.ts';
import { constraintProblems } from './constraint-problems.ts';
import { Problem } from '../shared/problem.ts';

/** What a use case needs to reach the database; `em` is there once a transaction is under way. */
export interface Database {
  readonly orm: Orm;
  readonly em?: Em;
}

/** The same dependencies inside a transaction. */
export type InTransaction<D extends Database> = D & { readonly em: Em };

export interface TransactionOptions {
  /** Where the statements of `work` rely on more than READ COMMITTED, which every session has. A transaction that is joined keeps its own. */
  readonly isolation?: 'repeatable read' | undefined;
  /** Fewer for work that has a better answer to a lock it cannot get than to wait for it again; more for what loses often. */
  readonly attempts?: number | undefined;
}

const ATTEMPTS = 8;
const MAX_PAUSE_MS = 640;

/**
 * Runs `work` in one transaction and commits it, or joins the one `deps` is already in, so that use cases
 * compose without nesting. Deadlocks, lock timeouts and commit conflicts of a cluster are tried again a
 * bounded number of times: `work` may run more than once and must keep its effects inside the database.
 * A broken unique key that means something to the caller leaves as the Problem of `constraintProblems`.
 */
export async function inTransaction<D extends Database, T>(
  deps: D,
  work: (tx: InTransaction<D>) => Promise<T>,
  { isolation, attempts = ATTEMPTS }: TransactionOptions = {},
): Promise<T> {
  if (deps.em?.isInTransaction()) return work(deps as InTransaction<D>);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await deps.orm.em.fork().transactional((em) => work({ ...deps, em }), {
        clear: true,
        ...(isolation && { isolationLevel: isolation }),
      });
    } catch (error) {
      if (!isTransient(error) || attempt >= attempts) throw asProblem(error);
      await pause(attempt);
    }
  }
}

/** An entity manager for reading: the transaction's own if there is one, else a fresh one. */
export function emOf(deps: Database): Em {
  return deps.em ?? deps.orm.em.fork();
}

function asProblem(error: unknown): unknown {
  const constraint = constraintOf(error);
  const code = constraint === undefined ? undefined : constraintProblems[constraint];
  return code === undefined ? error : new Problem(code, { cause: error });
}

/** Waits a little, longer each time and never in step with the others that lost the same race. */
function pause(attempt: number): Promise<void> {
  const atMostMs = Math.min(5 * 2 ** attempt, MAX_PAUSE_MS);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * atMostMs));
}
