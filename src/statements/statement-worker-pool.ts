import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Statement } from '../../templates/statement/statement.types.ts';
import { requestRendering } from './request-rendering.ts';
import type { StatementFile, WrittenStatement } from './statement-file.ts';

/** One a core: more would only wait for the database and the disk. */
const THREADS = Math.min(availableParallelism(), 4);
/** While a thread draws one statement, the next is being read and the last written to the disk. */
const STATEMENTS_PER_THREAD = 3;
/** What a thread may hold of parsed fonts and pages under way; one that needs more is ended. */
const HEAP_MAX_MIB = 256;

interface Thread {
  readonly worker: Worker;
  /** Rejects when the thread ends, with the reason. */
  readonly ended: Promise<never>;
  underWay: number;
}

/**
 * Threads that draw statements into files: drawing takes every core, and never the event loop of the service.
 * A thread takes half a second to begin, so a further one begins only when all others have enough to do. Close
 * them when nothing is left to draw.
 */
export class StatementThreads {
  /** How many statements at once keep all threads busy. */
  static readonly mapConcurrently = THREADS * STATEMENTS_PER_THREAD;
  readonly #threads = new Set<Thread>();

  /** Writes one statement; the file is complete and on disk, or not there. @throws what kept it from that. */
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
    // Whoever waits for a statement of this thread hears why it ended; it takes no further ones.
    thread.ended.catch(() => this.#threads.delete(thread));
    this.#threads.add(thread);
    return thread;
  }
}

async function endOf(worker: Worker): Promise<never> {
  const [code] = (await once(worker, 'exit')) as [number];
  throw new Error(`a thread that draws statements ended with code ${code}`);
}
