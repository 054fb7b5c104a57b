import { Counter, Gauge, type Registry } from 'prom-client';

/** How a continuous loop of this process is doing. Times are of a clock that nobody sets (`performance.now`). */
export interface LoopHealth {
  readonly name: string;
  readonly everyMs: number;
  readonly startedMs: number;
  succeededMs: number | undefined;
  /** Failed passes since the process started. */
  failures: number;
  /** How long the last pass took, whether or not it succeeded. */
  tookMs: number | undefined;
}

/** Shows the continuous loops of this process: last success, failures, duration. A process without the timetable has none. */
export function showLoops(registry: Registry, loops: readonly LoopHealth[]): void {
  const labelNames = ['loop'];
  const gauge = (name: string, help: string, read: (loop: LoopHealth) => number | undefined) =>
    registry.registerMetric(
      new Gauge({
        name,
        help,
        labelNames,
        registers: [],
        collect() {
          for (const loop of loops) {
            const value = read(loop);
            if (value !== undefined) this.set({ loop: loop.name }, value);
          }
        },
      }),
    );
  gauge(
    'tabane_loop_success_age_seconds',
    'Seconds since a pass of a continuous loop last succeeded in this process; since its start when none has.',
    ({ succeededMs, startedMs }) => (performance.now() - (succeededMs ?? startedMs)) / 1_000,
  );
  gauge(
    'tabane_loop_interval_seconds',
    'Pause between two passes of a continuous loop that succeed.',
    ({ everyMs }) => everyMs / 1_000,
  );
  gauge(
    'tabane_loop_duration_seconds',
    'Duration of the last pass of a continuous loop.',
    ({ tookMs }) => tookMs && tookMs / 1_000,
  );
  registry.registerMetric(
    new Counter({
      name: 'tabane_loop_failures_total',
      help: 'Failed passes of a continuous loop.',
      labelNames,
      registers: [],
      collect() {
        this.reset();
        for (const { name, failures } of loops) this.inc({ loop: name }, failures);
      },
    }),
  );
}
