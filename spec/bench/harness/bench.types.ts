import type { BenchDatabases } from './bench-database.ts';
import type { MonthWorlds } from './month-worlds.ts';

/** The bound of the ratio between our code and what it is compared with. */
export type Reach = { readonly atLeast: number } | { readonly atMost: number };

/** One comparison of a bench: medians over the rounds, and the median of the rounds' own ratios. */
export interface Comparison {
  readonly name: string;
  /** Of `ours` and `beside`, e.g. `charges/s`. */
  readonly unit: string;
  readonly ours: number;
  readonly beside: number;
  readonly ratio: number;
  readonly reach: Reach;
  /** What the figures are about: rows, rounds, connections, memory. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What a bench is given to work with. */
export interface BenchSetting {
  /** Small enough for all benches together to end within ten minutes. */
  readonly quick: boolean;
  /** Charges of a month, for benches that take any number; the size of the setting when left out. */
  readonly items: number | undefined;
  readonly databases: BenchDatabases;
  readonly months: MonthWorlds;
  /** One line on what is under way. */
  say(text: string): void;
}

export interface Bench {
  readonly name: string;
  run(setting: BenchSetting): Promise<Comparison[]>;
}

/** Whether a comparison is within its bound. */
export function holds({ ratio, reach }: Pick<Comparison, 'ratio' | 'reach'>): boolean {
  return 'atLeast' in reach ? ratio >= reach.atLeast : ratio <= reach.atMost;
}
