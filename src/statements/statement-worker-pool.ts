import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Statement } from '../../templates/statement/statement.types.ts';
import { requestRendering } from './request-rendering.ts';
import type { StatementFile, WrittenStatement } from './statement-file.ts';

/** One thread per core: more would only wait for the database and the disk. */
const THREADS = Math.min(availableParallelism(), 4);
/** While a thread draws one statement, the next one is read and the previous one written to disk. */
const STATEMENTS_PER_THREAD = 3;
/** Memory of a thread, for parsed fonts and current pages; a thread that needs more is terminated. */
const HEAP_MAX_MIB = 256;

interface Thread {
  readonly worker: Worker;
  /** Rejects when the thread ends, with the reason. */
  readonly ended: Promise<never>;
  underWay: number;
}

/**
 * Worker threads that draw statements into files: drawing uses every core, but not the event loop of the service.
 * A thread takes half a second to start, so another one starts only when all others have enough to do. Close
 * the pool when nothing is left to draw.
 */
export class StatementThreads {
  /** How many statements at once keep all threads busy. */
  static readonly mapConcurrently = THREADS * STATEMENTS_PER_THREAD;
  readonly #threads = new Set<Thread>();

  /** Writes one statement; the file is complete and on disk, or does not exist. @throws the reason. */
  async write(file: StatementFile, statement: Statement): Promise<WrittenStatement> {
    const thread = this.#findIdlest();
    thread.underWay += 1;
    try {
      return await Promise.race([requestRendering(thread.worker, file, statement), thread.ended]);
    } finally {
      thread.underWay -= 1;
    }
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all([...this.#threads].map(({ worker }) => worker.terminate()));
  }

  #findIdlest(): Thread {
    const [idlest] = [...this.#threads].sort((left, right) => left.underWay - right.underWay);
    if (idlest && (idlest.underWay < STATEMENTS_PER_THREAD || this.#threads.size >= THREADS)) return idlest;
    return this.#begin();
  }

  #begin(): Thread {
    const worker = new Worker(new URL('./statement-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MIB },
    });
    const thread = { worker, ended: endOf(worker), underWay: 0 };
    // Rejects the statements that wait for this thread, with the reason; it takes no more.
    thread.ended.catch(() => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

async function endOf(worker: Worker): Promise<never> {
  const [code] = (await once(worker, 'exit')) as [number];
  throw new Error(`a thread that draws statements ended with code ${code}`);
}
