import type { Em, Orm } from './orm.ts';
import { constraintOf, isTransient } from './database-error.rules.ts';
import { constraintProblems } from './constraint-problems.ts';
import { Problem } from '../shared/problem.ts';

/** What a use case needs to reach the database; `em` is set inside a transaction. */
export interface Database {
  readonly orm: Orm;
  readonly em?: Em;
}

/** The same dependencies inside a transaction. */
export type InTransaction<D extends Database> = D & { readonly em: Em };

export interface TransactionOptions {
  /** For statements that need more than READ COMMITTED, the default of every session. A joined transaction keeps its own level. */
  readonly isolation?: 'repeatable read' | undefined;
  /** Fewer for work that has a better reaction to a lock timeout than another wait; more for work that often loses. */
  readonly attempts?: number | undefined;
}

const ATTEMPTS = 8;
const MAX_PAUSE_MS = 640;

/**
 * Runs `work` in one transaction and commits it, or joins the one `deps` is already in, so that use cases
 * compose without nesting. Deadlocks, lock timeouts and commit conflicts of a cluster are retried a bounded
 * number of times: `work` may run more than once and must keep its effects inside the database.
 * A violated unique key that means something to the caller becomes the Problem of `constraintProblems`.
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

/** Waits with growing, randomised pauses, so that transactions that lost the same race do not collide again. */
function pause(attempt: number): Promise<void> {
  const atMostMs = Math.min(5 * 2 ** attempt, MAX_PAUSE_MS);
  return new Promise((resolve) => setTimeout(resolve, Math.random() * atMostMs));
}
