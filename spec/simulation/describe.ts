import type { History, SimEvent } from './history.ts';
import type { Mismatch } from './run-history.ts';

const SHOWN = 12;

/** A mismatch in lines for a person: when, after what, and in which figures. */
export function describeMismatch({ seed, preset }: History, { event, differences }: Mismatch): string[] {
  const more = differences.length - SHOWN;
  return [
    `seed ${seed} (${preset}), at ${event.at}: service and shadow differ after ${describeEvent(event)}`,
    ...differences
      .slice(0, SHOWN)
      .flatMap(({ what, expected, found }) => [
        `  ${what}`,
        `    shadow:  ${expected}`,
        `    service: ${found}`,
      ]),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** What happened, event by event. */
export function describeEvents({ events }: History): string[] {
  return events.map((event) => `  ${event.at} ${describeEvent(event)}`);
}

function describeEvent({ kind, body }: SimEvent): string {
  return `${kind} ${JSON.stringify(body)}`;
}
