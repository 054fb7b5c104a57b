import type { History, SimEvent } from './history.ts';
import { foresee, perform } from './play.ts';
import { listFound } from './service/figures.ts';
import { openService, type Service } from './service/service.ts';
import { plusMonths, monthIn } from './shadow/calendar.ts';
import { listExpected, type Figures, type Scope } from './shadow/figures.ts';
import { foundShadow } from './shadow/found.ts';
import type { Faults, Shadow } from './shadow/state.ts';

/** Where service and shadow part: at which event, and in what. */
export interface Mismatch {
  readonly event: SimEvent;
  /** Place of the event in the history. */
  readonly index: number;
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

export interface RunOptions {
  readonly faults?: Faults | undefined;
  /** Told what came of each event. */
  readonly onAnswer?: ((event: SimEvent, answers: readonly string[]) => void) | undefined;
  /** Told after each night. */
  readonly onNight?: ((businessDate: string) => void) | undefined;
}

/** Plays a history in a fresh database beside its shadow; ends at the first mismatch, undefined when there is none. */
export async function runHistory(history: History, options: RunOptions = {}): Promise<Mismatch | undefined> {
  const service = await openService(history.world);
  try {
    let shadow = foundShadow(history.world, options.faults);
    for (const [index, event] of history.events.entries()) {
      const answers = await perform(service, event);
      options.onAnswer?.(event, answers);
      const foreseen = foresee(shadow, event, answers);
      shadow = foreseen.shadow;
      const differences = compareAnswers(foreseen.expected, answers);
      const isLast = index === history.events.length - 1;
      if (differences.length === 0 && (event.kind === 'night' || isLast))
        differences.push(...(await compareFigures(service, shadow, scopeOf(event, isLast))));
      if (differences.length > 0) return { event, index, differences };
      if (event.kind === 'night') options.onNight?.(event.body.businessDate);
    }
    return undefined;
  } finally {
    await service.close();
  }
}

function compareAnswers(expected: readonly string[], answers: readonly string[]): Difference[] {
  return answers.flatMap((found, index) =>
    found === expected[index] ? [] : [{ what: 'answer', expected: expected[index]!, found }],
  );
}

/** What was settled before last month has been compared often enough; on the first of a month all is. */
function scopeOf(event: SimEvent, isLast: boolean): Scope {
  const date = event.at.slice(0, 10);
  if (isLast || date.endsWith('-01')) return { sincePeriod: '', sinceMs: 0 };
  const sincePeriod = plusMonths(monthIn(date), -3);
  return { sincePeriod, sinceMs: Date.parse(`${sincePeriod}-01`) };
}

async function compareFigures(service: Service, shadow: Shadow, scope: Scope): Promise<Difference[]> {
  const expected = listExpected(shadow, scope);
  const found = await listFound(service, scope);
  return diff(expected, found);
}

function diff(expected: Figures, found: Figures): Difference[] {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].flatMap((what) => {
    const [left, right] = [expected.get(what) ?? 'none', found.get(what) ?? 'none'];
    return left === right ? [] : [{ what, expected: left, found: right }];
  });
}
