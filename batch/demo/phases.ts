/** Measures the phases of the demo and prints the start and end of each. */
export class Phases {
  readonly #elapsedMs: Record<string, number> = {};
  readonly #print: (line: string) => void;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Milliseconds by phase, those that have ended. */
  get elapsedMs(): Readonly<Record<string, number>> {
    return this.#elapsedMs;
  }

  async measure<T>(name: string, title: string, work: () => Promise<T>): Promise<T> {
    this.#print(title);
    const startedMs = performance.now();
    const result = await work();
    const elapsedMs = Math.round(performance.now() - startedMs);
    this.#elapsedMs[name] = elapsedMs;
    this.#print(`  done in ${(elapsedMs / 1000).toFixed(1)} s`);
    return result;
  }
}
