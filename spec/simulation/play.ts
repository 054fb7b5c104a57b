import { Problem } from '../../src/shared/problem.ts';
import type { EventKind } from './events/event-kind.ts';
import { eventKinds } from './events/event-kinds.ts';
import type { EventName, EventOf, SimEvent } from './history.ts';
import type { Service } from './service/service.ts';
import { moveTo } from './shadow/found.ts';
import { refused } from './shadow/outcome.ts';
import type { Shadow } from './shadow/state.ts';

/** Does an event in the service, and tells what came of it; of several at once, one answer each. */
export async function perform(service: Service, event: SimEvent): Promise<string[]> {
  service.moveTo(event.at);
  if (event.kind !== 'at-once') return [await performOne(service, event)];
  return Promise.all(event.body.events.map((one) => performOne(service, one)));
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

/** What the shadow makes of an event. Where several came at once, the order that explains the answers, if any does. */
export function foresee(shadow: Shadow, event: SimEvent, answers: readonly string[]): Foreseen {
  moveTo(shadow, event.at);
  if (event.kind !== 'at-once') return { shadow, expected: [foreseeOne(shadow, event)] };
  const { events } = event.body;
  const orders = permute([...events.keys()]).map((order) => inOrder(shadow, events, order));
  const fits = ({ expected }: Foreseen) => expected.every((answer, index) => answer === answers[index]);
  return orders.find(fits) ?? orders[0]!;
}

export interface Foreseen {
  /** What the world looks like now, by the shadow. */
  readonly shadow: Shadow;
  readonly expected: readonly string[];
}

function inOrder(before: Shadow, events: readonly SimEvent[], order: readonly number[]): Foreseen {
  const shadow = structuredClone(before);
  const expected: string[] = [];
  for (const index of order) expected[index] = foreseeOne(shadow, events[index]!);
  return { shadow, expected };
}

function foreseeOne(shadow: Shadow, event: SimEvent): string {
  const { kind, body } = kindOf(event);
  return kind.foresee(shadow, body);
}

/** The one place where an event meets its kind. That the body is that kind's own, the compiler takes on trust. */
function kindOf(event: SimEvent): { kind: EventKind<EventName>; body: EventOf<EventName>['body'] } {
  if (event.kind === 'at-once') throw new Error('what comes at once cannot come at once again');
  return { kind: eventKinds[event.kind], body: event.body };
}

function permute(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first) =>
    permute(items.filter((item) => item !== first)).map((rest) => [first, ...rest]),
  );
}
