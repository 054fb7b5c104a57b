import type { Buffer } from 'node:buffer';
import type { Contradicted } from './contradiction.rules.ts';
import { calculateWaitMs, type Retransmission } from './retransmission.rules.ts';
import type { ServerStats } from './server-stats.ts';
import type { Timers } from './timers.ts';
import type { AccessAnswer } from './verify-reply.ts';

/** What all exchanges of one line check share. */
export interface LineCheckTerms {
  readonly retransmission: Retransmission;
  readonly quarantineMs: number;
  readonly random: () => number;
  readonly timers: Timers;
}

/** What all exchanges with one server share. */
export interface ExchangeTerms extends LineCheckTerms {
  readonly stats: ServerStats;
}

export type ExchangeOutcome =
  | { readonly kind: 'answered'; readonly answer: AccessAnswer }
  /** The Accept names another line, service or address than the request. */
  | { readonly kind: 'contradicted'; readonly attribute: Contradicted }
  | { readonly kind: 'silent' | 'broken' | 'closed' };

interface ExchangeParts {
  readonly datagram: Buffer;
  /** The exchange gives up after this long, whatever tries are left. */
  readonly budgetMs: number;
  readonly send: (datagram: Buffer) => void;
  readonly settled: (outcome: ExchangeOutcome) => void;
}

/** One request to one server: sends the same bytes until a reply comes, the tries are used up or the time is over. */
export class Exchange {
  readonly datagram: Buffer;
  readonly #terms: ExchangeTerms;
  readonly #parts: ExchangeParts;
  readonly #deadlineMs: number;
  #transmissions = 0;
  #waitMs: number | undefined;
  #cancelTimer: (() => void) | undefined;
  #isSettled = false;

  constructor(terms: ExchangeTerms, parts: ExchangeParts) {
    this.datagram = parts.datagram;
    this.#terms = terms;
    this.#parts = parts;
    this.#deadlineMs = terms.timers.nowMs() + parts.budgetMs;
  }

  transmit(): void {
    const { retransmission, random, timers, stats } = this.#terms;
    if (this.#transmissions === 0) stats.sent += 1;
    else stats.retransmitted += 1;
    this.#transmissions += 1;
    this.#waitMs = calculateWaitMs(retransmission, { previousMs: this.#waitMs, random });
    const leftMs = this.#deadlineMs - timers.nowMs();
    this.#cancelTimer = timers.after(Math.min(this.#waitMs, leftMs), () => this.#waited());
    this.#parts.send(this.datagram);
  }

  #waited(): void {
    const { retransmission, timers } = this.#terms;
    const isLastTry = this.#transmissions >= retransmission.tries;
    // System timers may fire a fraction early: less than a millisecond counts as none.
    if (isLastTry || this.#deadlineMs - timers.nowMs() < 1) this.settle({ kind: 'silent' });
    else this.transmit();
  }

  /** Ends the exchange; only the first outcome counts. */
  settle(outcome: ExchangeOutcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#cancelTimer?.();
    this.#parts.settled(outcome);
  }
}
