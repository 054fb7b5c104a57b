import { createServer, type RequestListener } from 'node:http';
import { jobs } from '../batch/jobs.ts';
import { startSchedule } from '../batch/schedule.ts';
import { ConfigError, parseConfig, type Config } from '../config/config.ts';
import { migrate } from '../config/migrate.ts';
import { openOrm } from '../config/orm.ts';
import { createApp } from './app.ts';
import { isOutOfReach } from './database/connection-error.rules.ts';
import type { ServiceDeps } from './deps.ts';
import { startListener, type Listener } from './http/listener.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { createMetricsServer } from './metrics/metrics-server.ts';
import { createLineCheck } from './radius/line-check.ts';
import { systemClock, type Clock } from './shared/clock.ts';
import { createIds } from './shared/ids.ts';
import { createLog } from './shared/log.ts';

/** Longest a request may take to arrive; slow senders must not hold connections for ever. */
const REQUEST_TIMEOUT_MS = 30_000;

/** A service that answers. */
export interface RunningService {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Where its metrics are, if anywhere. */
  readonly metricsAddress: string | undefined;
  /** Takes no more requests, finishes the accepted ones, lets go of everything. */
  stop(): Promise<void>;
}

/**
 * Starts the service: settings → database → line check → application → listening → schedule. `clock` is another
 * one than the system's where a world of its own is served.
 */
export async function startService(config: Config, clock: Clock = systemClock): Promise<RunningService> {
  if (config.mode === 'development') await migrate(config.databaseUrl);
  const orm = await openOrm({ databaseUrl: config.databaseUrl, poolSize: config.databasePoolSize });
  const { servers, nasIdentifier, firstRetryMs: firstMs, tries, totalMs } = config.radius;
  const deps: ServiceDeps = {
    orm,
    config,
    clock,
    ids: createIds(clock),
    log: createLog(config.logLevel),
    lineCheck: createLineCheck({ servers, nasIdentifier, retransmission: { firstMs, tries, totalMs } }),
  };
  try {
    return await openService(deps);
  } catch (error) {
    await release(deps);
    throw error;
  }
}

async function openService(deps: ServiceDeps): Promise<RunningService> {
  const { config, log } = deps;
  const metrics =
    config.metrics &&
    createMetrics(
      deps,
      jobs.map(({ name }) => name),
    );
  const app = createApp(deps, metrics?.measureRequests);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, app.callback() as RequestListener);
  const service = await startListener(server, config);
  let shown: Listener | undefined;
  try {
    if (metrics && config.metrics) {
      shown = await startListener(createMetricsServer(metrics, log), config.metrics);
    }
  } catch (error) {
    await service.close();
    throw error;
  }
  const schedule = config.schedule ? startSchedule(deps) : undefined;
  return {
    address: service.address,
    metricsAddress: shown?.address,
    stop: async () => {
      await Promise.all([service.close(), schedule?.stop()]);
      await shown?.close();
      await release(deps);
    },
  };
}

async function release({ lineCheck, orm }: ServiceDeps): Promise<void> {
  await lineCheck.close();
  await orm.close();
}

/** Starts the service as the environment says, and keeps it until a signal ends it. */
export async function main(): Promise<void> {
  const service = await startService(parseConfig(process.env));
  stopOnSignals(() => service.stop());
  process.stdout.write(
    `Tabane answers at ${service.address} (the API is described at ${service.address}/docs).\n`,
  );
  if (service.metricsAddress) process.stdout.write(`Its metrics are at ${service.metricsAddress}/metrics.\n`);
}

/** A terminal's Ctrl-C arrives twice: from the terminal, and passed on by npm. Within this it is one. */
const SAME_SIGNAL_MS = 1000;

/** Ends the process in good order at the first signal, at once when another follows later. */
export function stopOnSignals(stop: () => Promise<void>): void {
  let stoppingSinceMs: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      const nowMs = performance.now();
      if (stoppingSinceMs === undefined) {
        stoppingSinceMs = nowMs;
        void stop().then(() => process.exit(0));
      } else if (nowMs - stoppingSinceMs > SAME_SIGNAL_MS) {
        process.exit(1);
      }
    });
  }
}

/** Why it did not start, in words where the reason is one that the operator can mend. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}: something else listens there; choose another PORT or METRICS_PORT.`;
  }
  if (error instanceof Error && isOutOfReach(error))
    return `The database cannot be reached: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = 1;
  }
}
