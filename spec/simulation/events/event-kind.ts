import type { EventBodies, EventName, EventOf } from '../history.ts';
import type { Planner } from '../plan/planner.ts';
import type { Service } from '../service/service.ts';
import type { Shadow } from '../shadow/state.ts';

/** One kind of happening: how it is planned, what the service makes of it, and what the shadow says it should. */
export interface EventKind<K extends EventName> {
  /** How often it begins by itself, beside the others; without it, it only comes in the train of another kind. */
  readonly weight?: number;
  plan?(planner: Planner, atMs: number): void;
  /** Does it, and tells what came of it in the words of `shadow/outcome.ts`. A Problem may be thrown. */
  perform(service: Service, body: EventBodies[K], event: EventOf<K>): Promise<string>;
  /** The same words, without the service. */
  foresee(shadow: Shadow, body: EventBodies[K]): string;
  /** The same in steps, where something else can come between them. */
  steps?(shadow: Shadow, body: EventBodies[K]): Generator<void, string>;
}

/** Several at once are no kind of their own: see `play.ts`. */
export type EventKinds = { readonly [K in Exclude<EventName, 'at-once'>]: EventKind<K> };
