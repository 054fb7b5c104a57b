import type { CallCheck } from './call-check.ts';
import type { ExchangeOutcome, ExchangeTerms } from './exchange.ts';
import type { LineCheckPlan } from './line-check-options.ts';
import { ServerSocket, type ServerAddress } from './server-socket.ts';
import { createStats, type ServerStats } from './server-stats.ts';

export type AskOutcome = ExchangeOutcome | { readonly kind: 'full' };

/** Connects to one AAA server, with as many sockets as its pending exchanges need. */
export class AaaClient {
  readonly #server: ServerAddress;
  readonly #plan: LineCheckPlan;
  readonly #terms: ExchangeTerms;
  readonly #sockets = new Set<ServerSocket>();
  #restsUntilMs = 0;

  constructor(server: ServerAddress, plan: LineCheckPlan) {
    this.#server = server;
    this.#plan = plan;
    this.#terms = { ...plan.terms, stats: createStats(server) };
  }

  /** Whether the server was recently silent. Such a server is asked last, but never left out. */
  isResting(): boolean {
    return this.#terms.timers.nowMs() < this.#restsUntilMs;
  }

  async ask(check: CallCheck, budgetMs: number): Promise<AskOutcome> {
    const outcome = await this.#askThroughSocket(check, budgetMs);
    const { stats, timers } = this.#terms;
    if (outcome.kind === 'answered') {
      stats[outcome.answer === 'accept' ? 'accepted' : 'rejected'] += 1;
      this.#restsUntilMs = 0;
    }
    if (outcome.kind === 'contradicted') {
      stats.contradictions[outcome.attribute] += 1;
      this.#restsUntilMs = 0;
    }
    if (outcome.kind === 'silent') {
      stats.timeouts += 1;
      this.#restsUntilMs = timers.nowMs() + this.#plan.silentRestMs;
    }
    return outcome;
  }

  /** `address:port`. */
  get name(): string {
    return this.#terms.stats.server;
  }

  stats(): ServerStats {
    return structuredClone(this.#terms.stats);
  }

  #askThroughSocket(
    check: CallCheck,
    budgetMs: number,
  ): Promise<ExchangeOutcome> | { readonly kind: 'full' } {
    for (const socket of this.#sockets) {
      const asked = socket.ask(check, budgetMs);
      if (asked) return asked;
    }
    if (this.#sockets.size >= this.#plan.maxSocketsPerServer) return { kind: 'full' };
    const socket = new ServerSocket(this.#server, this.#terms, (broken) => this.#discard(broken));
    this.#sockets.add(socket);
    return socket.ask(check, budgetMs) ?? { kind: 'full' };
  }

  #discard(socket: ServerSocket): void {
    if (this.#sockets.delete(socket)) void socket.close('broken');
  }

  async close(): Promise<void> {
    const sockets = [...this.#sockets];
    this.#sockets.clear();
    await Promise.all(sockets.map((socket) => socket.close('closed')));
  }
}
