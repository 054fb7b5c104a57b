/** The middle of an odd number of values, the mean of the two in the middle of an even one. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('nothing has no median');
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/**
 * Measures several subjects in turn, round after round, so that other load of the machine affects all of
 * them alike. The order turns with every round: none is always the first after a pause.
 */
export async function measureInTurn<Name extends string, T>(
  rounds: number,
  subjects: Readonly<Record<Name, () => Promise<T>>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(subjects) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length]!;
      measured[name].push(await subjects[name]());
    }
  }
  return measured;
}

/** Medians of two subjects measured in the same rounds, and the median of their ratios round by round. */
export function compare(ours: readonly number[], beside: readonly number[]) {
  const ratios = ours.map((value, round) => value / beside[round]!);
  return { ours: median(ours), beside: median(beside), ratio: median(ratios) };
}

/** How long work takes, in milliseconds. */
export async function timeMs(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
