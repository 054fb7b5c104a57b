import type { History, SimEvent } from './history.ts';
import { guessRelated } from './related-events.ts';
import type { Mismatch } from './run-history.ts';

export interface Shrink {
  readonly history: History;
  readonly mismatch: Mismatch;
  /** Plays a candidate; its first mismatch, if any. */
  readonly play: (history: History) => Promise<Mismatch | undefined>;
  /** When to stop looking for a smaller one. */
  readonly deadlineMs: number;
}

export interface Shrunk {
  readonly history: History;
  readonly mismatch: Mismatch;
  readonly tries: number;
  /** Nothing more can be left out, one event at a time; false when time ran out. */
  readonly isMinimal: boolean;
}

/**
 * Looks for the smallest history that still parts service and shadow in the same kind of figure: first by
 * guesses at what it has to do with, then by delta debugging (leave out halves, then quarters, down to single
 * events, as long as it still fails), and last with one of several that came at once in their place.
 */
export async function shrink({ history, mismatch, play, deadlineMs }: Shrink): Promise<Shrunk> {
  let best = { history: upTo(history, mismatch.index), mismatch };
  let tries = 0;
  const fails = async (candidate: History) => {
    tries += 1;
    const found = await play(candidate);
    return found && isAlike(found, mismatch) ? found : undefined;
  };
  for (const guess of guessRelated(best.history, mismatch)) {
    const found = performance.now() < deadlineMs ? await fails(guess) : undefined;
    if (found) {
      best = { history: upTo(guess, found.index), mismatch: found };
      break;
    }
  }
  let pieces = 2;
  while (performance.now() < deadlineMs) {
    const { events } = best.history;
    const size = Math.ceil(events.length / pieces);
    const smaller = await findSmaller(best.history, { size, deadlineMs }, fails);
    if (smaller) {
      best = { history: upTo(smaller.history, smaller.mismatch.index), mismatch: smaller.mismatch };
      pieces = Math.max(2, pieces - 1);
    } else if (size === 1 && performance.now() < deadlineMs) {
      const found = await loosen(best, fails);
      return { ...found, tries, isMinimal: true };
    } else pieces = Math.min(events.length, pieces * 2);
  }
  return { ...best, tries, isMinimal: false };
}

type Fails = (history: History) => Promise<Mismatch | undefined>;
type Failing = Pick<Shrunk, 'history' | 'mismatch'>;

/** Puts one of several events that came at once in their place, wherever that fails as well. */
async function loosen(failing: Failing, fails: Fails): Promise<Failing> {
  let best = failing;
  for (const [index, event] of failing.history.events.entries()) {
    for (const only of event.kind === 'at-once' ? event.body.events : []) {
      const history = { ...best.history, events: best.history.events.with(index, { ...only, at: event.at }) };
      const mismatch = await fails(history);
      if (!mismatch) continue;
      best = { history, mismatch };
      break;
    }
  }
  return best;
}

/** What comes after the mismatch has no part in it. */
const upTo = (history: History, index: number): History => ({
  ...history,
  events: history.events.slice(0, index + 1),
});

interface Cut {
  readonly size: number;
  readonly deadlineMs: number;
}

/** The first of the histories that lack one piece of a size and still fail. */
async function findSmaller(
  history: History,
  { size, deadlineMs }: Cut,
  fails: Fails,
): Promise<Failing | undefined> {
  const { events } = history;
  if (events.length <= 1) return undefined;
  for (let from = 0; from < events.length && performance.now() < deadlineMs; from += size) {
    const candidate = { ...history, events: without(events, from, size) };
    const mismatch = await fails(candidate);
    if (mismatch) return { history: candidate, mismatch };
  }
  return undefined;
}

const without = (events: readonly SimEvent[], from: number, size: number): SimEvent[] => [
  ...events.slice(0, from),
  ...events.slice(from + size),
];

/** The same kind of figure, after an event that may be part of the other: a smaller history may fail for a reason of its own. */
function isAlike(found: Mismatch, sought: Mismatch): boolean {
  const soughtEvents = new Set(eventsOf(sought));
  const sameEvent = eventsOf(found).some((kind) => soughtEvents.has(kind));
  return sameEvent && kindsOf(found).some((kind) => kindsOf(sought).includes(kind));
}

const eventsOf = ({ event }: Mismatch): string[] =>
  event.kind === 'at-once' ? event.body.events.map(({ kind }) => kind) : [event.kind];

const kindsOf = ({ differences }: Mismatch): string[] => differences.map(({ what }) => what.split(' ')[0]!);
