import type { Middleware } from 'koa';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { pagesPoolSize } from '../database/orm.ts';
import type { ServiceDeps } from '../service-deps.ts';
import { showBuild } from './build-metrics.ts';
import { showNights } from './night-metrics.ts';
import { showPool } from './pool-metrics.ts';
import { showRadius } from './radius-metrics.ts';
import { measureRequests } from './request-metrics.ts';

/** What one service process tells an operator's Prometheus. */
export interface Metrics {
  /** Goes around every request of the application. */
  readonly measureRequests: Middleware;
  readonly contentType: string;
  /** All metrics at this moment, in the text format. Answers also when the database does not. */
  expose(): Promise<string>;
}

/** Creates the metrics of a service process; `jobs` are the names of the night's jobs. */
export function createMetrics(deps: ServiceDeps, jobs: readonly string[]): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  showBuild(registry);
  const { orm, pagesOrm, config } = deps;
  const size = config.databasePoolSize;
  if (pagesOrm) showPool(registry, [orm, pagesOrm], size + pagesPoolSize(size));
  else showPool(registry, [orm], size);
  showRadius(registry, deps.lineCheck);
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
