/** A row of one of the demo's files, cells by column. */
export type Row = Readonly<Record<string, string>>;

/** How far a world has come. */
export interface WorldEnd {
  /** The last month that is settled, but for companies that wait for results. */
  readonly settled: string;
  /** What is due by this date is paid. */
  readonly endsOn: string;
}

/** What was billed under a key. */
export interface Billed {
  total: bigint;
  items: number;
  readonly lines: Set<string>;
}

/** Adds up the charges under each key. */
export function sumBy(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Billed> {
  const sums = new Map<string, Billed>();
  for (const row of rows) {
    const sum = sums.get(keyOf(row)) ?? { total: 0n, items: 0, lines: new Set<string>() };
    sum.total += BigInt(row['amount']!);
    sum.items += 1;
    sum.lines.add(row['line_id']!);
    sums.set(keyOf(row), sum);
  }
  return sums;
}

/** What is not as computed, in words. */
export function differ(what: string, pairs: readonly (readonly [string, unknown, unknown])[]): string[] {
  return pairs
    .filter(([, actual, expected]) => actual !== expected)
    .map(([name, actual, expected]) => `${what}: ${name} is ${String(actual)}, computed ${String(expected)}`);
}
