import { Counter, type Registry } from 'prom-client';
import type { LineCheck } from '../radius/line-check.ts';
import type { ServerStats } from '../radius/server-stats.ts';

type Sample = readonly [labels: Readonly<Record<string, string>>, count: number];

/** A counter by server and one label more, or none, of values that the line check counts by itself. */
interface Counted {
  readonly name: string;
  readonly help: string;
  readonly label?: string;
  readonly read: (stats: ServerStats) => readonly Sample[];
}

const counted: readonly Counted[] = [
  {
    name: 'tabane_radius_replies_total',
    help: 'Answers of each AAA server to line checks.',
    label: 'outcome',
    read: ({ accepted, rejected }) => by('outcome', { accepted, rejected }),
  },
  {
    name: 'tabane_radius_transmissions_total',
    help: 'Requests sent to each AAA server: first ones, repeated ones, and those that could not be sent.',
    label: 'kind',
    read: ({ sent, retransmitted, sendFailures }) =>
      by('kind', { first: sent, repeated: retransmitted, failed: sendFailures }),
  },
  {
    name: 'tabane_radius_contradictions_total',
    help: 'Genuine Accepts that were refused because they contradict the question, by attribute.',
    label: 'attribute',
    read: ({ contradictions }) => by('attribute', contradictions),
  },
  {
    name: 'tabane_radius_dropped_replies_total',
    help: 'Datagrams that were no valid reply of the AAA server that was asked, by reason: forged, broken or from elsewhere.',
    label: 'reason',
    read: ({ droppedReplies }) => by('reason', droppedReplies),
  },
  {
    name: 'tabane_radius_timeouts_total',
    help: 'Turns of a line check through which the AAA server stayed silent.',
    read: ({ timeouts }) => [[{}, timeouts]],
  },
];

function by(label: string, counts: Readonly<Record<string, number>>): readonly Sample[] {
  return Object.entries(counts).map(([value, count]) => [{ [label]: value }, count]);
}

/** Shows what the line check counts of its RADIUS exchanges, server by server: one of several may be the silent one. */
export function showRadius(registry: Registry, lineCheck: LineCheck): void {
  for (const { name, help, label, read } of counted) {
    registry.registerMetric(
      new Counter({
        name,
        help,
        labelNames: label === undefined ? ['server'] : ['server', label],
        registers: [],
        collect() {
          this.reset();
          for (const stats of lineCheck.stats()) {
            for (const [labels, count] of read(stats)) this.inc({ server: stats.server, ...labels }, count);
          }
        },
      }),
    );
  }
}
