import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../../../batch/demo/random.ts';
import type { Shop } from './shop.ts';

/** An order of a company's server that must take effect once, under a key of its own. */
export interface Order {
  readonly key: string;
  readonly kind: 'usage' | 'usages' | 'capture' | 'create';
  readonly path: string;
  readonly body: object;
}

/** An order with the response that acknowledged it. */
export interface Acknowledged {
  readonly order: Order;
  readonly text: string;
}

interface Settling {
  readonly text: string;
  readonly isReplayed: boolean;
}

export interface LoadCounts {
  /** Requests whose connection broke before a response. */
  unanswered: number;
  /** Responses that ask for a retry: 503, and 409 while the first request runs. */
  putOff: number;
  /** Acknowledged by a stored response: the order had taken effect, and its first response was lost. */
  recovered: number;
}

const CONNECTIONS = 16;
const RETRY_MS = 25;
const ANSWER_WITHIN_MS = 15_000;
const ITEMS = 3;

/**
 * A company's server that never gives up: it repeats an order without a final response with the same key, to any process of
 * the service, until it gets one. It records every acknowledgement, and repeats some acknowledged orders.
 */
export class Load {
  readonly acknowledged: Acknowledged[] = [];
  readonly counts: LoadCounts = { unanswered: 0, putOff: 0, recovered: 0 };
  /** The first few undocumented responses. */
  readonly faults: string[] = [];
  readonly #origins: readonly string[];
  readonly #shop: Shop;
  readonly #random: Random;
  readonly #toCapture: string[];
  #pauseMs = 0;
  #stopping = false;
  #abandoned = false;
  #senders: Promise<void>[] = [];

  constructor(origins: readonly string[], shop: Shop, random: Random) {
    this.#origins = origins;
    this.#shop = shop;
    this.#random = random;
    this.#toCapture = [...shop.authorized];
  }

  /** Each sender pauses after an order, so that a long test stays small. */
  start(pauseMs = 0): void {
    this.#pauseMs = pauseMs;
    this.#senders = Array.from({ length: CONNECTIONS }, () => this.#send());
  }

  /** Sends no new orders; ends when every started one has its response. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#senders);
  }

  /** Ends without waiting for responses. */
  async abandon(): Promise<void> {
    this.#abandoned = true;
    await this.stop();
  }

  /** Waits until that many more orders are acknowledged. @throws Error after a time limit. */
  async acknowledgedMore(more: number, withinMs = 60_000): Promise<void> {
    const [wanted, giveUpAtMs] = [this.acknowledged.length + more, performance.now() + withinMs];
    while (this.acknowledged.length < wanted) {
      if (performance.now() > giveUpAtMs)
        throw new Error(`nothing continues: ${JSON.stringify([this.counts, this.faults])}`);
      await pause(5);
    }
  }

  async #send(): Promise<void> {
    while (!this.#stopping) {
      const order = this.#drawOrder();
      const settling = await this.#untilAcknowledged(order);
      if (!settling) return;
      const { text, isReplayed } = settling;
      this.acknowledged.push({ order, text });
      if (this.#pauseMs > 0) await pause(this.#pauseMs);
      if (isReplayed) this.counts.recovered += 1;
      if (this.#random.below(20) > 0) continue;
      const again = await this.#untilAcknowledged(order);
      if (again && (again.text !== text || !again.isReplayed))
        this.#fault(`another answer: ${text} ${again.text}`);
    }
  }

  #drawOrder(): Order {
    const [random, key] = [this.#random, randomUUID()];
    const chance = random.below(10);
    const captured = chance === 0 ? this.#toCapture.pop() : undefined;
    if (captured) return { key, kind: 'capture', path: `/v1/charges/${captured}/capture`, body: {} };
    if (chance === 1) {
      const charges = Array.from({ length: ITEMS }, (_, index) => this.#use(`${key}/${index}`));
      return { key, kind: 'usages', path: '/v1/usage-charges/batch', body: { charges } };
    }
    if (chance > 2) return { key, kind: 'usage', path: '/v1/usage-charges', body: this.#use(key) };
    const { consent: _, ...sale } = this.#use(key);
    const terms = {
      service: this.#shop.serviceCode,
      return_url: 'https://shop.example/done',
      capture: 'automatic',
    };
    return { key, kind: 'create', path: '/v1/charges', body: { ...sale, ...terms } };
  }

  #use(reference: string) {
    const { consents } = this.#shop;
    const amount = this.#random.between(1, 500);
    return {
      consent: this.#random.pick(consents),
      amount,
      tax_code: 'standard',
      description: 'track',
      reference,
    };
  }

  /** Undefined if the load is abandoned before. */
  async #untilAcknowledged(order: Order): Promise<Settling | undefined> {
    while (!this.#abandoned) {
      const settling = await this.#tryOnce(order);
      if (settling) return settling;
      await pause(RETRY_MS);
    }
    return undefined;
  }

  /** The final response of the order; undefined if it must be sent again. */
  async #tryOnce({ key, path, body }: Order): Promise<Settling | undefined> {
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${this.#random.pick(this.#origins)}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.#shop.token}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      text = await answer.text();
    } catch {
      this.counts.unanswered += 1;
      return undefined;
    }
    if (answer.ok) return { text, isReplayed: answer.headers.get('idempotent-replayed') === 'true' };
    this.counts.putOff += 1;
    if (!isPutOff(answer, text)) this.#fault(`${path}: ${answer.status} ${text}`);
    return undefined;
  }

  #fault(fault: string): void {
    if (this.faults.length < 10) this.faults.push(fault);
  }
}

/** The responses after which the documentation asks for a retry, with the seconds to wait. */
function isPutOff({ status, headers }: Response, text: string): boolean {
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (!isProblem || !/^\d+$/.test(headers.get('retry-after') ?? '')) return false;
  const { code } = JSON.parse(text) as { code: string };
  return (
    (status === 503 && code === 'service-unavailable') ||
    (status === 409 && code === 'idempotency-key-in-use')
  );
}
