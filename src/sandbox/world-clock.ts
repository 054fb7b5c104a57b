import { systemClock, type Clock } from '../shared/clock.ts';

/** Where the clock of a world was put, and when. */
export interface ClockSetting {
  /** The instant of the world. */
  readonly at: Date;
  /** The same in the time of this machine. */
  readonly setAt: Date;
}

/** The clock of a world, as far from that of this machine as it was set. */
export class WorldClock implements Clock {
  readonly #real: Clock;
  #setting: ClockSetting;

  constructor(setting: ClockSetting, real: Clock = systemClock) {
    this.#setting = setting;
    this.#real = real;
  }

  now(): Date {
    const { at, setAt } = this.#setting;
    return new Date(at.getTime() + this.#real.now().getTime() - setAt.getTime());
  }

  set(setting: ClockSetting): void {
    this.#setting = setting;
  }
}
