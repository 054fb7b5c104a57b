import { createRandom, type Random } from '../../../batch/demo/random.ts';
import type { BankWord, Dying, EventBodies, SimEvent } from '../history.ts';
import { monthIn, plusMonths } from '../shadow/calendar.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type Planner } from './planner.ts';

const PEOPLE = ['hanako', 'jiro', 'kenji'] as const;
const WHICH = ['all', 'all', 'all', 'first', 'last'] as const;
/** Messages to the database in which a payout's use case has most of its work. */
const MAX_MESSAGES = 60;

/**
 * Plans what people and the bank do about payouts: what is due is prepared, proposed, approved and sent on most days, by the wrong
 * person, late, twice or not at all at times; the bank says what became of it, and some comes back; accounts are corrected, and
 * payouts held. Its dice are its own, so that it shifts nothing else.
 */
export class PayoutPlan {
  readonly #planner: Planner;
  readonly #random: Random;
  #accounts = 0;

  constructor(planner: Planner, seed: number) {
    this.#planner = planner;
    this.#random = createRandom(seed, 'payouts');
  }

  onDay(date: string): void {
    if (!this.#pays) return;
    const atMs = this.#planner.startOf(date) + this.#random.below(18 * HOUR_MS);
    if (this.#oneIn(3)) this.#planRun(atMs);
    if (this.#oneIn(2)) this.#planResults(atMs + this.#random.below(4 * HOUR_MS));
    if (this.#oneIn(8)) this.#planner.addExactly(atMs - MINUTE_MS, 'discard-payouts', this.#choose());
    for (const { company } of this.#planner.world.companies) {
      if (this.#oneIn(20)) this.#planAccount(company, atMs);
      if (this.#oneIn(30)) this.#planHold(company, date, atMs);
    }
  }

  /** After everything else. */
  atEnd(atMs: number): void {
    if (this.#pays) this.#planner.addExactly(atMs, 'pay-all', {});
  }

  /** The shadow knows the bank days and files of yen alone. */
  get #pays(): boolean {
    return this.#planner.world.currency === 'JPY';
  }

  #oneIn(cases: number): boolean {
    return this.#random.below(cases) === 0;
  }

  #choose() {
    return { which: this.#random.pick(WHICH) };
  }

  /** One use case in six is begun by a process that dies in it. */
  #mayDie(): Dying {
    return this.#oneIn(6) ? { deaths: [this.#random.between(1, MAX_MESSAGES)] } : {};
  }

  /** The next step of a run mostly follows at once, and at times on another day. */
  #later(atMs: number): number {
    const pauses = [1, MINUTE_MS, MINUTE_MS, HOUR_MS, DAY_MS, 3 * DAY_MS, 14 * DAY_MS - 1, 15 * DAY_MS];
    return atMs + (this.#oneIn(5) ? this.#random.pick(pauses) : MINUTE_MS);
  }

  #planRun(atMs: number): void {
    const sameAccount = this.#oneIn(6);
    if (this.#oneIn(10)) this.#twice(atMs, { kind: 'prepare-payouts', body: { sameAccount } });
    else this.#planner.addExactly(atMs, 'prepare-payouts', { sameAccount, ...this.#mayDie() });
    const [maker, checker] = this.#random.shuffle(PEOPLE);
    const proposedMs = this.#later(atMs);
    this.#planner.addExactly(proposedMs, 'propose-payouts', { by: maker!, ...this.#choose() });
    if (this.#oneIn(8)) return;
    const decidedMs = this.#later(proposedMs);
    const decision = { by: this.#oneIn(10) ? maker! : checker!, approves: !this.#oneIn(10) };
    if (this.#oneIn(10)) this.#twice(decidedMs, { kind: 'decide-payouts', body: decision });
    else this.#planner.addExactly(decidedMs, 'decide-payouts', decision);
    if (this.#oneIn(8)) return;
    const send = { ...this.#choose(), again: this.#oneIn(6) };
    if (this.#oneIn(8)) this.#twice(this.#later(decidedMs), { kind: 'send-payouts', body: send });
    else this.#planner.addExactly(this.#later(decidedMs), 'send-payouts', { ...send, ...this.#mayDie() });
  }

  #twice(atMs: number, event: Pick<SimEvent, 'kind' | 'body'>): void {
    const one = { at: new Date(atMs).toISOString(), ...event } as SimEvent;
    this.#planner.addExactly(atMs, 'at-once', { events: [one, one] });
  }

  #planResults(atMs: number): void {
    const words: readonly BankWord[] = [
      'settled',
      'settled',
      'settled',
      'settled',
      'returned',
      'nothing',
      'wrong',
    ];
    const says = Array.from({ length: this.#random.between(1, 5) }, () => this.#random.pick(words));
    const file = this.#random.pick(['new', 'new', 'new', 'new', 'again', 'contrary'] as const);
    this.#planner.addExactly(atMs, 'tell-results', { says, file, ...this.#mayDie() });
  }

  #planAccount(company: string, atMs: number): void {
    this.#accounts += 1;
    const account = `ac${this.#accounts}`;
    const [by, other] = this.#random.shuffle(PEOPLE);
    const number = this.#random.pick([
      '1234567',
      '7654321',
      String(1_000_000 + this.#random.below(9_000_000)),
    ]);
    this.#planner.addExactly(atMs, 'propose-account', { account, company, number, by: by! });
    if (this.#oneIn(12)) return;
    const decision: EventBodies['decide-account'] = {
      account,
      by: this.#oneIn(10) ? by! : other!,
      approves: !this.#oneIn(8),
    };
    const decidedMs = this.#later(atMs);
    if (this.#oneIn(6)) this.#twice(decidedMs, { kind: 'decide-account', body: decision });
    else this.#planner.addExactly(decidedMs, 'decide-account', decision);
  }

  /** Of one of the last months; let go after a while, or not. */
  #planHold(company: string, date: string, atMs: number): void {
    const period = plusMonths(monthIn(date), -this.#random.between(1, 4));
    this.#planner.addExactly(atMs, 'hold-payout', { company, period, holds: true });
    if (this.#oneIn(6)) return;
    const releasedMs = atMs + this.#random.pick([MINUTE_MS, DAY_MS, this.#random.below(60 * DAY_MS)]);
    this.#planner.addExactly(releasedMs, 'hold-payout', { company, period, holds: false });
  }
}
