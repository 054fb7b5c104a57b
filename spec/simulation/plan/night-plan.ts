import { createRandom, type Random } from '../../../batch/demo/random.ts';
import type { Dying, SimEvent } from '../history.ts';
import { planRefundAtNight } from './plan-refunds.ts';
import { planUses } from './plan-uses.ts';
import { MINUTE_MS, type Planner } from './planner.ts';

/**
 * Plans the nights: mostly one at half past midnight; some are missed and run later in their order, some run twice. At
 * times people buy while a night is run, and two nights that were missed are run at once. In some nights processes die, by dice of
 * their own, so that this shifts nothing else.
 */
export class NightPlan {
  readonly #planner: Planner;
  readonly #deaths: Random;
  readonly #missed: string[] = [];

  constructor(planner: Planner, seed: number) {
    this.#planner = planner;
    this.#deaths = createRandom(seed, 'deaths');
  }

  /** Plans the night after a day. After the last one no night is missing. */
  after(businessDate: string, isLast: boolean): void {
    const planner = this.#planner;
    this.#missed.push(businessDate);
    if (!isLast && planner.oneIn(this.#missed.length > 1 ? 2 : 20)) return;
    const nextDay = Temporal.PlainDate.from(businessDate).add({ days: 1 }).toString();
    const afterMidnightMs = planner.random.pick([0, 1, 30, 30, 30, 30, 90]) * MINUTE_MS;
    let atMs = planner.startOf(nextDay) + afterMidnightMs;
    while (this.#missed.length > 0) {
      this.#planNight(atMs);
      atMs += MINUTE_MS;
    }
  }

  #planNight(atMs: number): void {
    const planner = this.#planner;
    const at = new Date(atMs).toISOString();
    const dates = this.#missed.splice(0, planner.oneIn(3) ? 2 : 1);
    const nights = dates.map((businessDate): SimEvent => {
      const processes = planner.oneIn(6) ? 2 : 1;
      const deaths = dates.length === 1 ? this.#planDeaths() : {};
      return { at, kind: 'night', body: { businessDate, processes, ...deaths } };
    });
    const uses = planner.oneIn(3) ? planUses(planner, atMs) : undefined;
    const refund = planner.oneIn(5) ? planRefundAtNight(planner, atMs) : undefined;
    const events = [
      ...nights,
      ...(uses ? [{ at, kind: 'use', body: uses } as const] : []),
      ...(refund ? [refund] : []),
    ];
    const [only] = events;
    if (events.length > 1) planner.addExactly(atMs, 'at-once', { events });
    else if (only?.kind === 'night') planner.addExactly(atMs, 'night', only.body);
    const [first] = nights;
    if (first?.kind === 'night' && planner.oneIn(15))
      planner.addExactly(atMs + MINUTE_MS, 'night', { businessDate: first.body.businessDate, processes: 1 });
  }

  /** One night in twelve is begun by processes that die in it, before the one that ends it; of two nights at once none is. */
  #planDeaths(): Dying {
    if (this.#deaths.below(12) > 0) return {};
    const count = this.#deaths.pick([1, 1, 2]);
    return { deaths: Array.from({ length: count }, () => this.#deaths.between(1, MAX_MESSAGES)) };
  }
}

/** Messages to the database that a night of a small world has, about. */
const MAX_MESSAGES = 600;
