import { Problem } from '../../src/shared/problem.ts';
import type { EventKind } from './events/event-kind.ts';
import { eventKinds } from './events/event-kinds.ts';
import type { EventName, EventOf, SimEvent } from './history.ts';
import { interleave } from './interleave.ts';
import type { Service } from './service/service.ts';
import { moveTo } from './shadow/found.ts';
import { refused } from './shadow/outcome.ts';
import type { Shadow } from './shadow/state.ts';

/** Performs an event in the service and returns its outcome; for simultaneous events one outcome each. */
export async function perform(service: Service, event: SimEvent): Promise<string[]> {
  service.moveTo(event.at);
  if (event.kind !== 'at-once') return [await performOne(service, event)];
  const { events } = event.body;
  return Promise.all(events.map((one) => performOne(service, one)));
}

async function performOne(service: Service, event: SimEvent): Promise<string> {
  const { kind, body } = kindOf(event);
  try {
    return await kind.perform(service, body, event);
  } catch (error) {
    if (error instanceof Problem) return refused(error.code);
    return `failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

export interface Foreseen {
  /** What the world looks like now, by the shadow. */
  readonly shadow: Shadow;
  readonly expected: readonly string[];
}

/** Bounds the search where two nights are passed at once: the orders first tried are the ones with few turns. */
const ORDERS_TRIED = 300;

/**
 * The outcome of an event according to the shadow. For simultaneous events it returns every possible order, each
 * on a shadow of its own; a night lets others come between its steps.
 */
export function* foresee(shadow: Shadow, event: SimEvent): Generator<Foreseen, void> {
  moveTo(shadow, event.at);
  if (event.kind === 'at-once') yield* inEveryOrder(shadow, event.body.events);
  else yield { shadow, expected: [finish(begin(shadow, event))] };
}

function* inEveryOrder(shadow: Shadow, events: readonly SimEvent[]): Generator<Foreseen, void> {
  const lengths = events.map((one) => countSteps(shadow, one));
  let tried = 0;
  for (const order of interleave(lengths)) {
    yield inOrder(shadow, events, order);
    tried += 1;
    if (tried === ORDERS_TRIED) return;
  }
}

/** Takes the events step by step, each time one of that which the order names. */
function inOrder(before: Shadow, events: readonly SimEvent[], order: readonly number[]): Foreseen {
  const shadow = structuredClone(before);
  const expected: string[] = [];
  const begun = new Map<number, Generator<void, string>>();
  for (const index of order) {
    const steps = begun.get(index) ?? begin(shadow, events[index]!);
    begun.set(index, steps);
    const step = steps.next();
    if (step.done) expected[index] ??= step.value;
  }
  // Concurrent events may have given a night additional work.
  for (const [index, steps] of begun) expected[index] ??= finish(steps);
  return { shadow, expected };
}

function countSteps(before: Shadow, event: SimEvent): number {
  const { kind } = kindOf(event);
  if (!kind.steps) return 1;
  const steps = begin(structuredClone(before), event);
  let count = 1;
  while (!steps.next().done) count += 1;
  return count;
}

function* begin(shadow: Shadow, event: SimEvent): Generator<void, string> {
  const { kind, body } = kindOf(event);
  return kind.steps ? yield* kind.steps(shadow, body) : kind.foresee(shadow, body);
}

function finish(steps: Generator<void, string>): string {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The one place where an event meets its kind. That the body is that kind's own, the compiler takes on trust. */
function kindOf(event: SimEvent): { kind: EventKind<EventName>; body: EventOf<EventName>['body'] } {
  if (event.kind === 'at-once') throw new Error('what comes at once cannot come at once again');
  return { kind: eventKinds[event.kind], body: event.body };
}
