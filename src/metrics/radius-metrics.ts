import { Counter, type Registry } from 'prom-client';
import type { LineCheck } from '../radius/line-check.ts';
import type { LineCheckStats } from '../radius/line-check-stats.ts';

/** A counter by one label, of values that the line check counts by itself. */
interface Counted {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly read: (stats: LineCheckStats) => Readonly<Record<string, number>>;
}

const counted: readonly Counted[] = [
  {
    name: 'tabane_radius_replies_total',
    help: 'Answers of the AAA servers to line checks.',
    label: 'outcome',
    read: ({ accepted, rejected }) => ({ accepted, rejected }),
  },
  {
    name: 'tabane_radius_transmissions_total',
    help: 'Requests sent to AAA servers: first ones, repeated ones, and those that could not be sent.',
    label: 'kind',
    read: ({ sent, retransmitted, sendFailures }) => ({
      first: sent,
      repeated: retransmitted,
      failed: sendFailures,
    }),
  },
  {
    name: 'tabane_radius_dropped_replies_total',
    help: 'Datagrams that were no valid reply, by reason: forged, broken or from elsewhere.',
    label: 'reason',
    read: ({ droppedReplies }) => droppedReplies,
  },
];

/** Shows what the line check counts of its RADIUS exchanges. */
export function showRadius(registry: Registry, lineCheck: LineCheck): void {
  for (const { name, help, label, read } of counted) {
    registry.registerMetric(
      new Counter({
        name,
        help,
        labelNames: [label],
        registers: [],
        collect() {
          this.reset();
          for (const [value, count] of Object.entries(read(lineCheck.stats())))
            this.inc({ [label]: value }, count);
        },
      }),
    );
  }
  registry.registerMetric(
    new Counter({
      name: 'tabane_radius_timeouts_total',
      help: 'AAA servers that stayed silent through their whole turn of a line check.',
      registers: [],
      collect() {
        this.reset();
        this.inc(lineCheck.stats().timeouts);
      },
    }),
  );
}
