import { createHash } from 'node:crypto';
import type { Writable } from 'node:stream';
import type { Locale } from '../../shared/money.ts';
import { processPace, type LivePace } from '../../shared/live-pace.ts';

/** How often a feed polls, and what it can bear. */
export interface LiveTerms {
  readonly everyMs: number;
  /** A comment after this time without an event, so that proxies and clients see that the connection lives. */
  readonly heartbeatMs: number;
  /** A client connects again after this time, and its session and permission are looked at again. */
  readonly maxAgeMs: number;
  readonly maxClients: number;
  /** A client that reads slower than this many bytes wait for it is disconnected. */
  readonly maxWaitingBytes: number;
}

export const LIVE: LiveTerms = {
  everyMs: 1_000,
  heartbeatMs: 15_000,
  maxAgeMs: 5 * 60_000,
  maxClients: 500,
  maxWaitingBytes: 64 * 1_024,
};

/** Somebody who watches. */
export interface LiveClient<Watcher> {
  readonly watcher: Watcher;
  readonly language: Locale;
  /** The event that it has: `Last-Event-ID`. */
  readonly lastId: string;
  readonly stream: Writable;
}

interface Connected<Watcher> extends Omit<LiveClient<Watcher>, 'lastId'> {
  lastId: string;
  readonly sinceMs: number;
  writtenMs: number;
}

interface Source<Data, Watcher> {
  /** Reads what is shown, once for everybody who watches: each of them may read it. */
  poll(watcher: Watcher): Promise<Data>;
  render(data: Data, language: Locale): string;
  failed(error: unknown): void;
}

/**
 * One poll for all who watch, as server-sent events: the part of the page as HTML in the language of each, sent when it has changed.
 * Without anybody who watches nothing is polled. The identifier of an event is the hash of its text: who has it gets it no second time.
 */
export class LiveFeed<Data, Watcher> {
  readonly #source: Source<Data, Watcher>;
  readonly #terms: LiveTerms;
  readonly #pace: LivePace;
  readonly #clients = new Set<Connected<Watcher>>();
  #callOff: (() => void) | undefined;
  #isPolling = false;
  #isStopped = false;

  constructor(source: Source<Data, Watcher>, terms: LiveTerms = LIVE, pace: LivePace = processPace) {
    this.#source = source;
    this.#terms = terms;
    this.#pace = pace;
  }

  /** Whether another client can join. */
  get isOpen(): boolean {
    return !this.#isStopped && this.#clients.size < this.#terms.maxClients;
  }

  /** How many watch. */
  get size(): number {
    return this.#clients.size;
  }

  /** Sends to a client until its stream ends. */
  join(client: LiveClient<Watcher>): void {
    const nowMs = this.#pace.nowMs();
    const connected = { ...client, sinceMs: nowMs, writtenMs: nowMs };
    this.#clients.add(connected);
    const leave = () => {
      this.#clients.delete(connected);
      if (this.#clients.size > 0) return;
      this.#callOff?.();
      this.#callOff = undefined;
    };
    client.stream.once('close', leave);
    client.stream.once('error', leave);
    // The headers go out with it; a client whose connection ends waits two seconds before the next.
    client.stream.write('retry: 2000\n\n');
    this.#schedule(0);
  }

  /** Ends every connection, and takes no other. */
  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
    for (const { stream } of this.#clients) stream.end();
    this.#clients.clear();
  }

  /** The first client is served at once, the others at the next tick: joining costs the database nothing. */
  #schedule(afterMs: number): void {
    if (this.#callOff !== undefined || this.#isPolling || this.#isStopped) return;
    this.#callOff = this.#pace.after(afterMs, () => void this.#tick());
  }

  async #tick(): Promise<void> {
    this.#callOff = undefined;
    const [first] = this.#clients;
    if (!first) return;
    this.#isPolling = true;
    try {
      this.#send(await this.#source.poll(first.watcher));
    } catch (error) {
      this.#source.failed(error);
    } finally {
      this.#isPolling = false;
    }
    this.#keepAlive();
    if (this.#clients.size > 0) this.#schedule(this.#terms.everyMs);
  }

  #send(data: Data): void {
    const events = new Map<Locale, { readonly id: string; readonly text: string }>();
    for (const client of this.#clients) {
      const { language } = client;
      const event = events.get(language) ?? eventOf(this.#source.render(data, language));
      events.set(language, event);
      if (client.lastId === event.id) continue;
      client.lastId = event.id;
      this.#write(client, event.text);
    }
  }

  #keepAlive(): void {
    const nowMs = this.#pace.nowMs();
    for (const client of this.#clients) {
      if (nowMs - client.sinceMs >= this.#terms.maxAgeMs) client.stream.end();
      else if (nowMs - client.writtenMs >= this.#terms.heartbeatMs) this.#write(client, ': \n\n');
    }
  }

  #write(client: Connected<Watcher>, text: string): void {
    client.writtenMs = this.#pace.nowMs();
    client.stream.write(text);
    if (client.stream.writableLength > this.#terms.maxWaitingBytes) client.stream.destroy();
  }
}

/** A text as one event, named by its hash. */
function eventOf(html: string): { readonly id: string; readonly text: string } {
  const id = createHash('sha256').update(html).digest('hex').slice(0, 16);
  const lines = html.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`);
  return { id, text: `id: ${id}\n${lines.join('')}\n` };
}
