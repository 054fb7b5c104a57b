import type { EventBodies, EventName, EventOf } from '../history.ts';
import type { Planner } from '../plan/planner.ts';
import type { Service } from '../service/service.ts';
import type { Shadow } from '../shadow/state.ts';

/** One kind of event: how it is planned, how the service performs it, and what outcome the shadow expects. */
export interface EventKind<K extends EventName> {
  /** Relative frequency; without it, the event only follows another kind. */
  readonly weight?: number;
  plan?(planner: Planner, atMs: number): void;
  /** Performs the event and returns its outcome (`shadow/outcome.ts`). A Problem may be thrown. */
  perform(service: Service, body: EventBodies[K], event: EventOf<K>): Promise<string>;
  /** The same words, without the service. */
  foresee(shadow: Shadow, body: EventBodies[K]): string;
  /** The same in steps, where something else can come between them. */
  steps?(shadow: Shadow, body: EventBodies[K]): Generator<void, string>;
}

/** Several at once are no kind of their own: see `play.ts`. */
export type EventKinds = { readonly [K in Exclude<EventName, 'at-once'>]: EventKind<K> };
