import type { Middleware } from 'koa';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { pagesPoolSize } from '../database/orm.ts';
import type { ServiceDeps } from '../service-deps.ts';
import { showBuild } from './build-metrics.ts';
import { showLoops, type LoopHealth } from './loop-metrics.ts';
import { showNights } from './night-metrics.ts';
import { showPool } from './pool-metrics.ts';
import { showRadius } from './radius-metrics.ts';
import { measureRequests } from './request-metrics.ts';

/** The metrics of one service process, for Prometheus. */
export interface Metrics {
  /** Goes around every request of the application. */
  readonly measureRequests: Middleware;
  readonly contentType: string;
  /** All metrics at this moment, in the text format. Answers also when the database does not. */
  expose(): Promise<string>;
}

interface Watched {
  /** Names of the night's jobs. */
  readonly jobs: readonly string[];
  /** The continuous loops of this process; the timetable adds each when it starts. */
  readonly loops: readonly LoopHealth[];
}

/** Creates the metrics of a service process. */
export function createMetrics(deps: ServiceDeps, { jobs, loops }: Watched): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  showBuild(registry);
  const { orm, pagesOrm, config } = deps;
  const size = config.databasePoolSize;
  if (pagesOrm) showPool(registry, [orm, pagesOrm], size + pagesPoolSize(size));
  else showPool(registry, [orm], size);
  showRadius(registry, deps.lineCheck);
  showLoops(registry, loops);
  const readNights = showNights(registry, deps, jobs);
  return {
    measureRequests: measureRequests(registry),
    contentType: registry.contentType,
    expose: async () => {
      await readNights();
      return registry.metrics();
    },
  };
}
