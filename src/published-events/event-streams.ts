import type { Writable } from 'node:stream';
import type { CompanyKeyActor } from '../access/actor.ts';
import { findWorkingKeys } from '../companies/working-keys.queries.ts';
import type { Deps } from '../deps.ts';
import { processPace, type LivePace } from '../shared/live-pace.ts';
import { presentEvents } from './event.presenter.ts';
import { findNewestSequences, listFollowingEvents } from './following-events.queries.ts';

/** How often streams are looked at, and what a process can bear. */
export interface StreamTerms {
  readonly everyMs: number;
  /** A comment after this time without an event, so that proxies and clients see that the connection lives. */
  readonly heartbeatMs: number;
  /** A client connects again after this time, and its key and signature are looked at again. */
  readonly maxAgeMs: number;
  /** A client that reads nothing for this long is disconnected. */
  readonly maxStalledMs: number;
  readonly maxStreams: number;
  readonly maxStreamsOfCompany: number;
  /** Events that are read for a client at once. */
  readonly pageSize: number;
}

export const EVENT_STREAMS: StreamTerms = {
  everyMs: 1_000,
  heartbeatMs: 15_000,
  maxAgeMs: 15 * 60_000,
  maxStalledMs: 60_000,
  maxStreams: 500,
  maxStreamsOfCompany: 5,
  pageSize: 100,
};

/** A client of the stream. */
export interface StreamClient {
  readonly actor: CompanyKeyActor;
  /** The number of the last event that it has; undefined for what happens from now on. */
  readonly after: bigint | undefined;
  readonly stream: Writable;
}

interface Connected extends Omit<StreamClient, 'after'> {
  after: bigint | undefined;
  readonly sinceMs: number;
  writtenMs: number;
  /** Since when nothing can be written. */
  stalledMs: number | undefined;
}

/**
 * Sends the events of companies as server-sent events, each named by its number: one look a second for all clients of a process, of
 * which those that wait for the same events share the reading. Without a client nothing is read.
 */
export class EventStreams {
  readonly #deps: Deps;
  readonly #terms: StreamTerms;
  readonly #pace: LivePace;
  readonly #clients = new Set<Connected>();
  #callOff: (() => void) | undefined;
  #isPolling = false;
  #isStopped = false;
  #hasFailed = false;

  constructor(deps: Deps, pace: LivePace = processPace, terms: StreamTerms = EVENT_STREAMS) {
    this.#deps = deps;
    this.#pace = pace;
    this.#terms = terms;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** Whether a company can open another stream. */
  hasRoom(companyId: number): boolean {
    const { maxStreams, maxStreamsOfCompany } = this.#terms;
    if (this.#clients.size >= maxStreams) return false;
    return (
      [...this.#clients].filter(({ actor }) => actor.companyId === companyId).length < maxStreamsOfCompany
    );
  }

  /** Sends to a client until its stream ends. */
  join(client: StreamClient): void {
    const nowMs = this.#pace.nowMs();
    const connected: Connected = { ...client, sinceMs: nowMs, writtenMs: nowMs, stalledMs: undefined };
    this.#clients.add(connected);
    const leave = () => void this.#clients.delete(connected);
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

  #schedule(afterMs: number): void {
    if (this.#callOff !== undefined || this.#isPolling || this.#isStopped) return;
    this.#callOff = this.#pace.after(afterMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    this.#callOff = undefined;
    if (this.#clients.size === 0) return;
    this.#isPolling = true;
    let isMore = false;
    try {
      await this.#endOfRefusedKeys();
      isMore = await this.#sendNew();
      this.#hasFailed = false;
    } catch (err) {
      if (!this.#hasFailed) this.#deps.log.warn({ err }, 'events were not read for streams');
      this.#hasFailed = true;
    } finally {
      this.#isPolling = false;
    }
    this.#keepAlive();
    if (this.#clients.size > 0) this.#schedule(isMore ? 0 : this.#terms.everyMs);
  }

  /** A key that is revoked, has ended, or whose company is suspended receives nothing more. */
  async #endOfRefusedKeys(): Promise<void> {
    const working = await findWorkingKeys(this.#deps, [
      ...new Set([...this.#clients].map(({ actor }) => actor.keyId)),
    ]);
    for (const client of this.#clients) if (!working.has(client.actor.keyId)) this.#end(client);
  }

  /** Sends what is new; returns whether somebody has more to get. */
  async #sendNew(): Promise<boolean> {
    if (this.#clients.size === 0) return false;
    const companies = new Set([...this.#clients].map(({ actor }) => actor.companyId));
    const newest = await findNewestSequences(this.#deps, [...companies]);
    const waiting: Connected[] = [];
    for (const client of this.#clients) {
      const last = newest.get(client.actor.companyId) ?? 0n;
      if (client.after === undefined) this.#begin(client, last);
      else if (client.after < last && !client.stream.writableNeedDrain) waiting.push(client);
    }
    let isMore = false;
    for (const group of Map.groupBy(waiting, groupOf).values())
      isMore = (await this.#sendTo(group, newest)) || isMore;
    return isMore;
  }

  /** Names where a client begins, so that it resumes there even if nothing has happened. */
  #begin(client: Connected, last: bigint): void {
    client.after = last;
    this.#write(client, `id: ${last}\n\n`);
  }

  /** Sends the next events to clients of one company that have the same ones and may read the same types. */
  async #sendTo(group: readonly Connected[], newest: ReadonlyMap<number, bigint>): Promise<boolean> {
    const [{ actor, after = 0n }] = group as readonly [Connected];
    const limit = this.#terms.pageSize;
    const events = await listFollowingEvents(this.#deps, actor, { after, limit });
    const presented = await presentEvents(this.#deps, events);
    const text = presented
      .map((event) => `id: ${event.sequence}\ndata: ${JSON.stringify(event)}\n\n`)
      .join('');
    const isMore = events.length === limit;
    const lastSent = events.at(-1)?.sequence ?? after;
    const last = newest.get(actor.companyId) ?? after;
    for (const client of group) {
      if (!this.#clients.has(client)) continue;
      // Behind the last one of a page that is not full there are types alone that the client may not read.
      client.after = isMore || lastSent > last ? lastSent : last;
      if (text !== '') this.#write(client, text);
    }
    return isMore;
  }

  #keepAlive(): void {
    const { maxAgeMs, maxStalledMs, heartbeatMs } = this.#terms;
    const nowMs = this.#pace.nowMs();
    for (const client of this.#clients) {
      if (!client.stream.writableNeedDrain) client.stalledMs = undefined;
      else client.stalledMs ??= nowMs;
      if (nowMs - (client.stalledMs ?? nowMs) >= maxStalledMs) client.stream.destroy();
      else if (nowMs - client.sinceMs >= maxAgeMs) this.#end(client);
      else if (nowMs - client.writtenMs >= heartbeatMs) this.#write(client, ': \n\n');
    }
  }

  #write(client: Connected, text: string): void {
    client.writtenMs = this.#pace.nowMs();
    client.stream.write(text);
  }

  #end(client: Connected): void {
    this.#clients.delete(client);
    client.stream.end();
  }
}

const groupOf = ({ actor, after }: Connected): string =>
  [actor.companyId, after, ...[...actor.scopes].toSorted()].join(' ');
