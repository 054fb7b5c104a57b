/**
 * Every order in which the steps of several things may come, each thing's own steps staying in theirs: lists of whose
 * turn it is. Those with the fewest turns come first, so that one after the other is tried before one between another.
 */
export function* interleave(lengths: readonly number[]): Generator<number[], void> {
  const all = lengths.reduce((sum, length) => sum + length, 0);
  for (let turns = lengths.length; turns <= all; turns += 1)
    yield* withTurns({ left: lengths, turns, last: -1 });
}

interface Rest {
  /** Steps each thing has left. */
  readonly left: readonly number[];
  /** In how many turns exactly they are to be taken. */
  readonly turns: number;
  /** Who had the turn before; the next one goes to another. */
  readonly last: number;
}

function* withTurns({ left, turns, last }: Rest): Generator<number[], void> {
  const steps = left.reduce((sum, length) => sum + length, 0);
  if (steps === 0 && turns === 0) yield [];
  if (turns === 0 || turns > steps) return;
  for (const [index, length] of left.entries()) {
    if (index === last) continue;
    for (let taken = length; taken > 0; taken -= 1) {
      const rest = left.map((one, at) => (at === index ? one - taken : one));
      for (const order of withTurns({ left: rest, turns: turns - 1, last: index }))
        yield [...Array.from({ length: taken }, () => index), ...order];
    }
  }
}
