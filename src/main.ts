import { setTimeout as wait } from 'node:timers/promises';
import { jobs } from '../batch/jobs.ts';
import { startSchedule, type Schedule } from '../batch/schedule.ts';
import { readConfig, type Config } from '../config/config.ts';
import { assertFilesDir } from '../config/assert-files-dir.ts';
import { assertMigrated } from '../config/database/assert-migrated.ts';
import { assertRights } from '../config/database/assert-rights.ts';
import { assertSameBillingSettings } from '../config/database/assert-same-billing-settings.ts';
import { migrateFor } from '../config/database/migrate.ts';
import { openOrm } from '../config/database/orm.ts';
import { createApp } from './app.ts';
import { pagesPoolSize, type Orm } from './database/orm.ts';
import type { ServiceDeps } from './service-deps.ts';
import { explainFailure } from './explain-failure.ts';
import { createBoundedServer } from './http/bounded-server.ts';
import { startListener, type Listener } from './http/listener.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { createMetricsServer } from './metrics/metrics-server.ts';
import { createLineCheck } from './radius/line-check.ts';
import { reportForgeries } from './radius/report-forgeries.ts';
import { onEndSignal } from './shared/end-signals.ts';
import { systemClock, type Clock } from './shared/clock.ts';
import { createIds } from './shared/ids.ts';
import { createLog, logCrashes } from './shared/log.ts';

/** Longest a request may take to arrive. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longest a statement of a request may take. A lock is waited for ten seconds, and few statements wait for more than one. */
const STATEMENT_PATIENCE_MS = 30_000;
/** Longest we wait for the chunk of a night that is under way, as for requests. */
const NIGHT_STOP_TIMEOUT_MS = 20_000;
/** Longest we take leave of the database: it may be what hangs. */
const RELEASE_TIMEOUT_MS = 3_000;

/** A service that answers. */
export interface RunningService {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Where its metrics are, if anywhere. */
  readonly metricsAddress: string | undefined;
  /** Is not ready any more, soon takes no more requests, finishes the accepted ones, lets go of everything. */
  stop(): Promise<void>;
}

/**
 * Starts the service: settings → database → line check → application → listening → schedule. `clock` is another
 * one than the system's where a world of its own is served.
 */
export async function startService(config: Config, clock: Clock = systemClock): Promise<RunningService> {
  if (config.mode === 'development') await migrateFor(config);
  const { servers, nasIdentifier, firstRetryMs: firstMs, tries, totalMs } = config.radius;
  const log = createLog(config.logLevel);
  const options = { servers, nasIdentifier, retransmission: { firstMs, tries, totalMs } };
  const lineCheck = reportForgeries({ config, log }, createLineCheck(options));
  const { databaseUrl, databasePoolSize: poolSize } = config;
  const orm = await openOrm({ databaseUrl, poolSize, timeoutMs: STATEMENT_PATIENCE_MS });
  const pagesOrm = await openPagesOrm(config).catch(async (error: unknown) => {
    await close(orm);
    throw error;
  });
  const deps: ServiceDeps = {
    orm,
    pagesOrm,
    config,
    clock,
    ids: createIds(clock),
    log,
    lineCheck,
  };
  try {
    await assertRights(orm, config);
    await assertMigrated(orm);
    await assertSameBillingSettings(orm, config);
    if (config.schedule) await assertFilesDir(config.filesDir);
    return await openService(deps);
  } catch (error) {
    await release(deps);
    throw error;
  }
}

/** Pages have connections of their own: however many people sign in, the API waits for none of theirs. */
function openPagesOrm({ databaseUrl, databasePoolSize }: Config): Promise<Orm> {
  const poolSize = pagesPoolSize(databasePoolSize);
  return openOrm({ databaseUrl, poolSize, timeoutMs: STATEMENT_PATIENCE_MS });
}

async function openService(deps: ServiceDeps): Promise<RunningService> {
  const { config, log } = deps;
  const metrics =
    config.metrics &&
    createMetrics(
      deps,
      jobs.map(({ name }) => name),
    );
  const stopping = new AbortController();
  const app = createApp(deps, { measure: metrics?.measureRequests, stopping: stopping.signal });
  const server = createBoundedServer(REQUEST_TIMEOUT_MS, app.callback());
  const service = await startListener(server, config);
  let shown: Listener | undefined;
  let nights: Schedule | undefined;
  try {
    if (metrics && config.metrics) {
      shown = await startListener(createMetricsServer(metrics, log), config.metrics);
    }
    if (config.schedule) nights = await startNights(deps);
  } catch (error) {
    await Promise.all([service.close(), shown?.close()]);
    throw error;
  }
  return {
    address: service.address,
    metricsAddress: shown?.address,
    stop: async () => {
      stopping.abort();
      await Promise.all([leave(service, config.drainMs), nights?.stop()]);
      await shown?.close();
      await release(deps);
    },
  };
}

/** Nights have connections of their own: their statements take as long as they need, and no request waits for one. */
async function startNights(deps: ServiceDeps): Promise<Schedule> {
  const { databaseUrl, databasePoolSize: poolSize } = deps.config;
  const orm = await openOrm({ databaseUrl, poolSize });
  const schedule = startSchedule({ ...deps, orm });
  return {
    stop: async () => {
      // A statement that waits for a lock is given up: the job goes on elsewhere behind its last chunk.
      await Promise.race([schedule.stop(), wait(NIGHT_STOP_TIMEOUT_MS, undefined, { ref: false })]);
      await close(orm);
    },
  };
}

/** A balancer sends requests until it has asked for the health again: they are answered, and it is told to go. */
async function leave(service: Listener, drainMs: number): Promise<void> {
  service.startDraining();
  await wait(drainMs);
  await service.close();
}

async function release({ lineCheck, orm, pagesOrm = orm }: ServiceDeps): Promise<void> {
  await lineCheck.close();
  await Promise.all([...new Set([orm, pagesOrm])].map(close));
}

async function close(orm: Orm): Promise<void> {
  // A connection that fails now fails for nobody.
  const closed = orm.close().catch(() => undefined);
  await Promise.race([closed, wait(RELEASE_TIMEOUT_MS, undefined, { ref: false })]);
}

/** Starts the service as the environment says, and keeps it until a signal ends it. */
export async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  logCrashes(log);
  const service = await startService(config);
  const tell = (line: string) =>
    config.mode === 'production' ? log.info(line) : process.stdout.write(`${line}\n`);
  stopOnSignals(() => {
    log.info('stopping');
    return service.stop();
  });
  tell(`Tabane answers at ${service.address} (the API is described at ${service.address}/docs).`);
  if (service.metricsAddress) tell(`Its metrics are at ${service.metricsAddress}/metrics.`);
}

/** Ends the process in good order at the first signal, at once when another follows later. */
export function stopOnSignals(stop: () => Promise<void>): void {
  onEndSignal(() => void stop().then(() => process.exit(0)));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${explainFailure(error)}\n`);
    process.exitCode = 1;
  }
}
