import type { History, SimEvent } from './history.ts';
import { foresee, perform } from './play.ts';
import { listFound, nameMonthlyCharges } from './service/figures.ts';
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
  /** Whether the night of a date proves its figures (invariants, seals); every one does unless a fault is built in. */
  readonly proves?: ((businessDate: string) => boolean) | undefined;
  /** Called with the outcome of each event. */
  readonly onAnswer?: ((event: SimEvent, answers: readonly string[]) => void) | undefined;
  /** Called after each night. */
  readonly onNight?: ((businessDate: string) => void) | undefined;
  /** Called for each process that dies in the middle of some work. */
  readonly onDeath?: (() => void) | undefined;
}

/** Plays a history in a fresh database beside its shadow; ends at the first mismatch, undefined when there is none. */
export async function runHistory(history: History, options: RunOptions = {}): Promise<Mismatch | undefined> {
  const { faults, proves = () => faults === undefined } = options;
  const service = await openService(history.world, { proves, onDeath: options.onDeath });
  try {
    let shadow = foundShadow(history.world, faults);
    for (const [index, event] of history.events.entries()) {
      const answers = await perform(service, event);
      options.onAnswer?.(event, answers);
      const isLast = index === history.events.length - 1;
      const nights = nightsOf(event);
      const scope = nights.length > 0 || isLast ? scopeOf(event, isLast) : undefined;
      if (event.kind === 'deliver-results' || scope) await tellIds(service, shadow);
      const explained = await explain(shadow, { event, answers, scope, service });
      if ('differences' in explained) return { event, index, ...explained };
      shadow = explained.shadow;
      for (const businessDate of nights) options.onNight?.(businessDate);
    }
    return undefined;
  } finally {
    await service.close();
  }
}

/** Business dates of the nights an event is, or has in it. */
export function nightsOf(event: SimEvent): string[] {
  if (event.kind === 'at-once') return event.body.events.flatMap(nightsOf);
  return event.kind === 'night' ? [event.body.businessDate] : [];
}

/** The order of identifiers decides between equal remainders: the one thing that the shadow has to be told. */
async function tellIds(service: Service, { ids }: Shadow): Promise<void> {
  await nameMonthlyCharges(service);
  for (const [name, id] of service.names.charges.entries()) ids.set(name, id);
}

interface Happened {
  readonly service: Service;
  readonly event: SimEvent;
  readonly answers: readonly string[];
  /** The figures to compare; none to compare outcomes only. */
  readonly scope: Scope | undefined;
}

/** The shadow that explains answers and figures, or how the one that comes closest differs from them. */
async function explain(
  before: Shadow,
  { service, event, answers, scope }: Happened,
): Promise<{ readonly shadow: Shadow } | { readonly differences: readonly Difference[] }> {
  const found = scope && (await listFound(service, scope));
  let closest: Difference[] | undefined;
  for (const { shadow, expected } of foresee(before, event)) {
    const differences = compareAnswers(expected, answers);
    if (differences.length === 0 && found) differences.push(...diff(listExpected(shadow, scope), found));
    if (differences.length === 0) return { shadow };
    // An order that explains the answers and not the figures says more than one that explains neither.
    closest = closest && !isCloser(differences, closest) ? closest : differences;
  }
  return { differences: closest ?? [] };
}

function isCloser(one: readonly Difference[], other: readonly Difference[]): boolean {
  const answersIn = (differences: readonly Difference[]) =>
    differences.filter(({ what }) => what === 'answer').length;
  const fewer = answersIn(one) - answersIn(other);
  return fewer === 0 ? one.length < other.length : fewer < 0;
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

function diff(expected: Figures, found: Figures): Difference[] {
  const keys = new Set([...expected.keys(), ...found.keys()]);
  return [...keys].flatMap((what) => {
    const [left, right] = [expected.get(what) ?? 'none', found.get(what) ?? 'none'];
    return left === right ? [] : [{ what, expected: left, found: right }];
  });
}
