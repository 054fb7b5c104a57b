import { MINUTE_MS, type Planner } from './planner.ts';

/** Plans the nights: mostly one at half past midnight; some are missed and made up in their order, some run twice. */
export class NightPlan {
  readonly #planner: Planner;
  readonly #missed: string[] = [];

  constructor(planner: Planner) {
    this.#planner = planner;
  }

  /** Plans the night after a day. Nothing is left to make up after the last one. */
  after(businessDate: string, isLast: boolean): void {
    const planner = this.#planner;
    this.#missed.push(businessDate);
    if (!isLast && planner.oneIn(this.#missed.length > 1 ? 2 : 20)) return;
    const nextDay = Temporal.PlainDate.from(businessDate).add({ days: 1 }).toString();
    const afterMidnightMs = planner.random.pick([0, 1, 30, 30, 30, 30, 90]) * MINUTE_MS;
    let atMs = planner.startOf(nextDay) + afterMidnightMs;
    for (const missed of this.#missed.splice(0)) {
      planner.add(atMs, 'night', { businessDate: missed, processes: planner.oneIn(6) ? 2 : 1 });
      atMs += MINUTE_MS;
      if (planner.oneIn(15)) planner.add(atMs, 'night', { businessDate: missed, processes: 1 });
    }
  }
}
