import { businessDateOf, endOfBusinessDate } from '../shared/calendar.rules.ts';
import { systemClock, type Clock } from '../shared/clock.ts';

/** Where the clock of a world was put, and when. */
export interface ClockSetting {
  /** The instant of the world. */
  readonly at: Date;
  /** The same in the time of this machine. */
  readonly setAt: Date;
}

/** The clock of a world: runs by itself within a day, and leaves the day only when it is set. */
export class WorldClock implements Clock {
  readonly #timeZone: string;
  readonly #real: Clock;
  #setting: ClockSetting;

  constructor(setting: ClockSetting, timeZone: string, real: Clock = systemClock) {
    this.#setting = setting;
    this.#timeZone = timeZone;
    this.#real = real;
  }

  now(): Date {
    return worldInstant(this.#setting, this.#real.now(), this.#timeZone);
  }

  set(setting: ClockSetting): void {
    this.#setting = setting;
  }
}

/**
 * The time in a world. At the end of its day it stops a millisecond before midnight: a day ends by a call that runs its night, so
 * that no night is missed while nobody works in the world.
 */
export function worldInstant({ at, setAt }: ClockSetting, now: Date, timeZone: string): Date {
  const passedMs = Math.max(now.getTime() - setAt.getTime(), 0);
  const lastMs = endOfBusinessDate(businessDateOf(at, timeZone), timeZone).getTime() - 1;
  return new Date(Math.min(at.getTime() + passedMs, lastMs));
}
