/** Measures the phases of the demo and prints the start and end of each. */
export class Phases {
  readonly #elapsedMs: Record<string, number> = {};
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  /** Milliseconds by phase, those that have ended. */
  get elapsedMs(): Readonly<Record<string, number>> {
    return this.#elapsedMs;
  }

  async measure<T>(name: string, title: string, work: () => Promise<T>): Promise<T> {
    this.#say(title);
    const startedMs = performance.now();
    const result = await work();
    const elapsedMs = Math.round(performance.now() - startedMs);
    this.#elapsedMs[name] = elapsedMs;
    this.#say(`  done in ${(elapsedMs / 1000).toFixed(1)} s`);
    return result;
  }
}
