import { open, rm, type FileHandle } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { Problem } from '../shared/problem.ts';
import type { Delivered, DocumentFile, Target, WrittenDocument } from './deliver-document.ts';
import type { PrintedDocument } from './printed-document.ts';
import { requestRendering } from './request-rendering.ts';

/** One thread per core: more would only wait for the database and the disk. */
const THREADS = Math.min(availableParallelism(), 4);
/** While a thread draws one document, the next one is read and the previous one written to disk. */
const DOCUMENTS_PER_THREAD = 3;
/** Documents that are drawn or wait at once; further ones are refused, so that requests cannot fill the memory. */
const MAX_UNDER_WAY = 60;
/** Memory of a thread, for parsed fonts and current pages; a thread that needs more is terminated. */
const HEAP_MAX_MIB = 256;
/** A thread takes half a second to start and 100 MiB to keep. */
const IDLE_MS = 60_000;

interface Thread {
  readonly worker: Worker;
  /** One for each document under way: rejects it with the reason when the thread ends. */
  readonly underWay: Set<(reason: Error) => void>;
  idleTimer?: NodeJS.Timeout;
}

/**
 * Worker threads that draw documents: drawing uses every core, but not the event loop of the service. Another thread starts
 * only when all others have enough to do, and one that has nothing to do for a minute ends. Close the pool when nothing is
 * left to draw.
 */
export class DocumentThreads {
  /** How many documents at once keep all threads busy. */
  static readonly mapConcurrently = THREADS * DOCUMENTS_PER_THREAD;
  readonly #threads = new Set<Thread>();
  readonly #idleMs: number;

  /** `idleMs`: after how long a thread ends that has nothing to do; a minute unless said otherwise. */
  constructor({ idleMs = IDLE_MS }: { readonly idleMs?: number } = {}) {
    this.#idleMs = idleMs;
  }

  /** Writes one document; the file is complete and on disk, or does not exist. @throws the reason. */
  async write(file: DocumentFile, document: PrintedDocument): Promise<WrittenDocument> {
    const { pages, checksum = '' } = await this.#deliver(document, { kind: 'file', ...file });
    return { pages, checksum };
  }

  /**
   * Draws a document of any length for a reader of any speed. It is complete when this returns, in a file without a name,
   * which disappears with its reader.
   * @throws Problem `service-unavailable` when too many are being drawn.
   */
  async spool(document: PrintedDocument): Promise<Readable> {
    const file = await openUnnamed();
    try {
      await this.#deliver(document, { kind: 'descriptor', descriptor: file.fd });
    } catch (error) {
      await file.close();
      throw error;
    }
    return file.createReadStream({ start: 0 });
  }

  /**
   * Draws a document of a few pages. Nothing of it is written to disk, so it may have a secret in it.
   * @throws Problem `service-unavailable` when too many are being drawn.
   */
  async draw(document: PrintedDocument): Promise<Buffer> {
    const { bytes = new Uint8Array() } = await this.#deliver(document, { kind: 'memory' });
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all([...this.#threads].map((thread) => this.#end(thread)));
  }

  async #deliver(document: PrintedDocument, target: Target): Promise<Delivered> {
    const thread = this.#findIdlest();
    clearTimeout(thread.idleTimer);
    thread.worker.ref();
    // Not one promise for all: it would keep every document that was raced against it as long as the thread lives.
    const { promise: ended, reject } = Promise.withResolvers<never>();
    thread.underWay.add(reject);
    try {
      return await Promise.race([requestRendering(thread.worker, document, target), ended]);
    } finally {
      thread.underWay.delete(reject);
      if (thread.underWay.size === 0) this.#rest(thread);
    }
  }

  #findIdlest(): Thread {
    const threads = [...this.#threads].sort((left, right) => left.underWay.size - right.underWay.size);
    const underWay = threads.reduce((sum, thread) => sum + thread.underWay.size, 0);
    if (underWay >= MAX_UNDER_WAY)
      throw new Problem('service-unavailable', { facts: { retry_after_seconds: 5 } });
    const [idlest] = threads;
    if (idlest && (idlest.underWay.size < DOCUMENTS_PER_THREAD || threads.length >= THREADS)) return idlest;
    return this.#begin();
  }

  #begin(): Thread {
    const worker = new Worker(new URL('./rendering-worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MIB },
    });
    const thread: Thread = { worker, underWay: new Set() };
    // Such a thread takes no more, and what waits for it is rejected.
    const fail = (reason: Error) => {
      this.#threads.delete(thread);
      for (const reject of thread.underWay) reject(reason);
    };
    worker.once('error', fail);
    worker.once('exit', (code) => fail(new Error(`a thread that draws documents ended with code ${code}`)));
    this.#threads.add(thread);
    return thread;
  }

  /** A thread that has nothing to do ends after a while, and does not keep the process from ending. */
  #rest(thread: Thread): void {
    thread.worker.unref();
    thread.idleTimer = setTimeout(() => void this.#end(thread), this.#idleMs).unref();
  }

  async #end(thread: Thread): Promise<void> {
    this.#threads.delete(thread);
    clearTimeout(thread.idleTimer);
    await thread.worker.terminate();
  }
}

/** A file that nobody else can open and that is gone when it is closed, whatever happens to this process. */
async function openUnnamed(): Promise<FileHandle> {
  const path = join(tmpdir(), `tabane-${randomUUID()}.part`);
  const file = await open(path, 'wx+', 0o600);
  await rm(path);
  return file;
}
