import { createRandom, type Random } from '../../../batch/demo/random.ts';
import type { EventBodies, EventName, SimEvent, Use } from '../history.ts';
import type { ContractPlan, WorldPlan } from './world-plan.ts';

/** A possible buyer, as far as the plan knows. */
export interface PlannedSubscriber {
  readonly subscriber: string;
  readonly line: string;
}

/** A charge that was probably captured. */
export interface PlannedSale {
  readonly charge: string;
  readonly company: string;
  readonly amount: number;
  readonly line: string;
  readonly atMs: number;
}

/**
 * Writes a history before it is played. It remembers what it has planned and guesses what will have
 * become of it; a guess that is wrong makes an event that the service refuses, which is wanted as well.
 */
export class Planner {
  readonly random: Random;
  readonly world: WorldPlan;
  subscribers: PlannedSubscriber[];
  consents: { consent: string; company: string; subscriber: string }[];
  /** Uses that were planned with a key of their own, to come again. */
  readonly keyedUses: (Use & { readonly company: string })[] = [];
  /** What may be given back. */
  readonly sales: PlannedSale[] = [];
  /** Subscriptions that were probably joined. */
  readonly joined: { subscription: string; company: string; atMs: number }[] = [];
  /** First day of the last tenure planned of each line, and its group. */
  readonly tenures: Map<string, string>;
  /** The last contract planned of each company. */
  readonly contracts: Map<string, ContractPlan>;
  readonly #planned: { event: SimEvent; atMs: number; order: number }[] = [];
  #names = 0;

  constructor(world: WorldPlan, seed: number) {
    this.world = world;
    this.random = createRandom(seed, 'simulation');
    this.subscribers = world.subscribers.map(({ subscriber, line }) => ({ subscriber, line }));
    this.consents = world.consents.map(({ consent, company, subscriber }) => ({
      consent,
      company,
      subscriber,
    }));
    this.tenures = new Map(world.lines.map(({ line, holderFrom }) => [line, holderFrom]));
    this.contracts = new Map(world.companies.map(({ company, contract }) => [company, contract]));
  }

  add<K extends EventName>(wantedMs: number, kind: K, body: EventBodies[K]): void {
    // Some are held up on their way, and others overtake them.
    const isHeldUp = this.oneIn(HELD_UP);
    const atMs = isHeldUp ? wantedMs + this.random.below(2 * HOUR_MS) : wantedMs;
    this.addExactly(atMs, kind, body);
  }

  /** Never held up: what others are planned around. */
  addExactly<K extends EventName>(atMs: number, kind: K, body: EventBodies[K]): void {
    const event = { at: new Date(atMs).toISOString(), kind, body } as SimEvent;
    this.#planned.push({ event, atMs, order: this.#planned.length });
  }

  /** Everything planned so far, in time. */
  get events(): SimEvent[] {
    return this.#planned.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order).map(({ event }) => event);
  }

  /** A new name. */
  name(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** True in one of so many cases. */
  oneIn(cases: number): boolean {
    return this.random.below(cases) === 0;
  }

  /** Removes most of those who can no longer buy, so that not nearly all purchases are refused in the end; some keep trying. */
  forget(isGone: (subscriber: PlannedSubscriber) => boolean): void {
    const gone = new Set<string>();
    for (const one of this.subscribers) if (isGone(one) && !this.oneIn(8)) gone.add(one.subscriber);
    const isKept = ({ subscriber }: { subscriber: string }) => !gone.has(subscriber);
    this.subscribers = this.subscribers.filter(isKept);
    this.consents = this.consents.filter(isKept);
  }

  dateOf(atMs: number): string {
    return Temporal.Instant.fromEpochMilliseconds(atMs)
      .toZonedDateTimeISO(this.world.timeZone)
      .toPlainDate()
      .toString();
  }

  /** The first instant of a day, wherever the clocks put it. */
  startOf(date: string): number {
    return Temporal.PlainDate.from(date).toZonedDateTime(this.world.timeZone).epochMilliseconds;
  }

  /** Some instant of a day: its very first and last ones, and where clocks jump, more often than chance would have it. */
  momentOf(date: string): number {
    const startMs = this.startOf(date);
    const endMs = this.startOf(Temporal.PlainDate.from(date).add({ days: 1 }).toString());
    const choice = this.random.below(20);
    const jumpMs = this.jumpAfter(startMs - 1);
    if (jumpMs < endMs && choice > 9)
      return jumpMs + this.random.pick([-HOUR_MS, -1, 0, 1, HOUR_MS - 1, HOUR_MS]);
    if (choice === 0) return startMs;
    if (choice === 1) return endMs - 1;
    if (choice === 2) return startMs + this.random.below(30 * 60_000);
    return startMs + this.random.below(endMs - startMs);
  }

  /** When the clocks are changed next. */
  jumpAfter(ms: number): number {
    const zoned = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(this.world.timeZone);
    return zoned.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity;
  }

  /** A company and one of its services. */
  seller(): { company: string; service: string } {
    const { company, services } = this.random.pick(this.world.companies);
    return { company, service: this.random.pick(services) };
  }

  /** Mostly small sums, at times one that meets or breaks a limit. */
  amount(): number {
    const choice = this.random.below(20);
    if (choice < 9) return this.random.between(1, 300);
    if (choice < 17) return this.random.between(300, 900);
    if (choice < 19) return this.random.between(900, 6_000);
    return this.random.pick([1_500, 5_000, 9_999, 10_000, 10_001]);
  }

  /** The reduced rate exists since 2019-10-01 and cannot be used before. */
  taxCode(date: string): 'standard' | 'reduced' {
    return date >= '2019-10-01' && this.oneIn(4) ? 'reduced' : 'standard';
  }
}

/** One in so many. */
const HELD_UP = 30;

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
