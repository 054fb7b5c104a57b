import { createServer, type RequestListener } from 'node:http';
import { jobs } from '../../batch/jobs.ts';
import { createApp } from '../../src/app.ts';
import type { ServiceDeps } from '../../src/service-deps.ts';
import { startListener } from '../../src/http/listener.ts';
import { createMetrics } from '../../src/metrics/create-metrics.ts';
import type { LoopHealth } from '../../src/metrics/loop-metrics.ts';
import { createMetricsServer } from '../../src/metrics/metrics-server.ts';
import type { LineCheck } from '../../src/radius/line-check.ts';
import { createStats, type ServerStats } from '../../src/radius/server-stats.ts';
import { createWorld, type World } from '../support/world.ts';
import { readExposition, type ExposedMetric } from './read-exposition.ts';

/** A served world whose metrics are served beside it, as one service process does. */
export interface MetricsSite extends World {
  readonly origin: string;
  readonly metricsOrigin: string;
  /** What the line check says that it has counted of its two servers. */
  readonly stats: readonly [ServerStats, ServerStats];
  /** The continuous loops of the process; add some to see their metrics. */
  readonly loops: LoopHealth[];
  scrape(): Promise<Map<string, ExposedMetric>>;
}

const local = { host: '127.0.0.1', port: 0 };

export async function openMetricsSite(over: Partial<ServiceDeps> = {}): Promise<MetricsSite> {
  const world = await createWorld();
  const stats = [
    createStats({ host: '192.0.2.1', port: 1812 }),
    createStats({ host: '192.0.2.2', port: 1812 }),
  ] as const;
  const lineCheck: LineCheck = {
    check: () => Promise.resolve({ kind: 'unknown', reason: 'no-server' }),
    stats: () => structuredClone(stats),
    close: () => Promise.resolve(),
  };
  const deps = { ...world.deps, lineCheck, ...over };
  const loops: LoopHealth[] = [];
  const metrics = createMetrics(deps, { jobs: jobs.map(({ name }) => name), loops });
  const app = createApp(deps, { measure: metrics.measureRequests });
  const service = await startListener(createServer(app.callback() as RequestListener), local);
  const shown = await startListener(createMetricsServer(metrics, deps.log), local);
  return {
    ...world,
    origin: service.address,
    metricsOrigin: shown.address,
    stats,
    loops,
    scrape: async () => readExposition(await (await fetch(`${shown.address}/metrics`)).text()),
    close: async () => {
      await Promise.all([service.close(), shown.close()]);
      await world.close();
    },
  };
}
