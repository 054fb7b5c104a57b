import { setTimeout as wait } from 'node:timers/promises';
import { jobs } from '../batch/jobs.ts';
import { startTimetable, type RunningTimetable } from '../batch/run-timetable.ts';
import { readConfig, type Config } from '../config/config.ts';
import { assertFilesDir } from '../config/assert-files-dir.ts';
import { assertMigrated } from '../config/database/assert-migrated.ts';
import { assertRights } from '../config/database/assert-rights.ts';
import { assertSameBillingSettings } from '../config/database/assert-same-billing-settings.ts';
import { migrateFor } from '../config/database/migrate.ts';
import { openOrm } from '../config/database/orm.ts';
import type Koa from 'koa';
import { createApp, createStaffApp } from './app.ts';
import { pagesPoolSize, type Orm } from './database/orm.ts';
import type { ServiceDeps } from './service-deps.ts';
import { keepKeyUses } from './companies/key-uses.ts';
import { explainFailure } from './explain-failure.ts';
import { keepRequests } from './request-log/store-requests.ts';
import { createBoundedServer } from './http/bounded-server.ts';
import { startListener, type Listener } from './http/listener.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import type { LoopHealth } from './metrics/loop-metrics.ts';
import { createMetricsServer } from './metrics/metrics-server.ts';
import { createLineCheck } from './radius/line-check.ts';
import { reportForgeries } from './radius/report-forgeries.ts';
import { onEndSignal } from './shared/end-signals.ts';
import { DocumentThreads } from './rendering/document-threads.ts';
import { Sandbox } from './sandbox/sandbox.ts';
import { systemClock, type Clock } from './shared/clock.ts';
import { createIds } from './shared/ids.ts';
import { createLog, logCrashes } from './shared/log.ts';

/** Time limit for receiving a request. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Time limit for a statement of a request. The lock wait timeout is ten seconds, and few statements wait for more than one lock. */
const STATEMENT_TIMEOUT_MS = 30_000;
/** Time limit for the running chunk of a night or pass of a loop at a stop, as for requests. */
const TIMETABLE_STOP_TIMEOUT_MS = 20_000;
/** Time limit for closing the database connections: the database may be what hangs. */
const RELEASE_TIMEOUT_MS = 3_000;

/** A running service. */
export interface RunningService {
  /** Address of the service, e.g. `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Address of the pages for the carrier's staff. */
  readonly staffAddress: string;
  /** Address of its metrics, if enabled. */
  readonly metricsAddress: string | undefined;
  /** Turns unready, then refuses new requests, completes the accepted ones, and releases everything. */
  stop(): Promise<void>;
}

/**
 * Starts the service: settings → database → line check → application → listening → timetable. The demo passes
 * the `clock` of its own world; what leaves for others has the system's time.
 */
export async function startService(config: Config, clock: Clock = systemClock): Promise<RunningService> {
  if (config.mode === 'development') await migrateFor(config);
  const { servers, nasIdentifier, firstRetryMs: firstMs, tries, totalMs } = config.radius;
  const log = createLog(config.logLevel);
  const options = { servers, nasIdentifier, retransmission: { firstMs, tries, totalMs } };
  const lineCheck = reportForgeries({ config, log }, createLineCheck(options));
  const { databaseUrl, databasePoolSize: poolSize } = config;
  const orm = await openOrm({ databaseUrl, poolSize, timeoutMs: STATEMENT_TIMEOUT_MS });
  const pagesOrm = await openPagesOrm(config).catch(async (error: unknown) => {
    await close(orm);
    throw error;
  });
  const documents = new DocumentThreads();
  const sandbox = config.sandbox && new Sandbox({ config, log, documents }, config.sandbox);
  const ids = createIds(clock);
  const outsideClock = systemClock;
  const deps: ServiceDeps = {
    orm,
    pagesOrm,
    config,
    clock,
    outsideClock,
    ids,
    log,
    documents,
    lineCheck,
    sandbox,
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

/** Pages have connections of their own, so that the API does not wait for sign-ins. */
function openPagesOrm({ databaseUrl, databasePoolSize }: Config): Promise<Orm> {
  const poolSize = pagesPoolSize(databasePoolSize);
  return openOrm({ databaseUrl, poolSize, timeoutMs: STATEMENT_TIMEOUT_MS });
}

async function openService(deps: ServiceDeps): Promise<RunningService> {
  const { config, log } = deps;
  const loops: LoopHealth[] = [];
  const jobNames = jobs.map(({ name }) => name);
  const metrics = config.metrics && createMetrics(deps, { jobs: jobNames, loops });
  const stopping = new AbortController();
  const options = { measure: metrics?.measureRequests, stopping: stopping.signal };
  const service = await listen(createApp(deps, options), config);
  const staff = await listen(createStaffApp(deps, options), config.staff).catch(async (error: unknown) => {
    await service.close();
    throw error;
  });
  let shown: Listener | undefined;
  let timetable: RunningTimetable | undefined;
  try {
    if (metrics && config.metrics) {
      shown = await startListener(createMetricsServer(metrics, log), config.metrics);
    }
    if (config.schedule) timetable = await openTimetable(deps, loops);
  } catch (error) {
    await Promise.all([service.close(), staff.close(), shown?.close()]);
    throw error;
  }
  const keyUses = keepKeyUses(deps);
  // Without it the first company waits; the live service never does.
  void deps.sandbox?.prepare().catch((err: unknown) => log.error({ err }, 'the sandbox cannot be prepared'));
  const requests = keepRequests(deps);
  return {
    address: service.address,
    staffAddress: staff.address,
    metricsAddress: shown?.address,
    stop: async () => {
      stopping.abort();
      await Promise.all([drainAndClose([service, staff], config.drainMs), timetable?.stop()]);
      await shown?.close();
      const noted = Promise.all([keyUses.stop(), requests.stop()]);
      await Promise.race([noted, wait(RELEASE_TIMEOUT_MS, undefined, { ref: false })]);
      await release(deps);
    },
  };
}

function listen(app: Koa, at: { readonly host: string; readonly port: number }): Promise<Listener> {
  return startListener(createBoundedServer(REQUEST_TIMEOUT_MS, app.callback()), at);
}

/** The timetable has connections of its own: its statements have no time limit, and no request waits for one. */
async function openTimetable(deps: ServiceDeps, loops: LoopHealth[]): Promise<RunningTimetable> {
  const { databaseUrl, databasePoolSize: poolSize } = deps.config;
  const orm = await openOrm({ databaseUrl, poolSize });
  const timetable = startTimetable({ ...deps, orm }, { loops });
  return {
    stop: async () => {
      // Gives up a statement that waits for a lock: the job resumes elsewhere after its last chunk.
      await Promise.race([timetable.stop(), wait(TIMETABLE_STOP_TIMEOUT_MS, undefined, { ref: false })]);
      await close(orm);
    },
  };
}

/** The load balancer routes to us until its next health check: keep answering, with `Connection: close`. */
async function drainAndClose(listeners: readonly Listener[], drainMs: number): Promise<void> {
  for (const listener of listeners) listener.startDraining();
  await wait(drainMs);
  await Promise.all(listeners.map((listener) => listener.close()));
}

async function release({ lineCheck, documents, orm, pagesOrm = orm, sandbox }: ServiceDeps): Promise<void> {
  await lineCheck.close();
  if (sandbox) await close(sandbox);
  await documents.close();
  await Promise.all([...new Set([orm, pagesOrm])].map(close));
}

async function close(connected: Pick<Orm, 'close'>): Promise<void> {
  // An error of a connection does not matter any more.
  const closed = connected.close().catch(() => undefined);
  await Promise.race([closed, wait(RELEASE_TIMEOUT_MS, undefined, { ref: false })]);
}

/** Starts the service with the settings of the environment; a signal ends it. */
export async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  logCrashes(log);
  const service = await startService(config);
  const announce = (line: string) =>
    config.mode === 'production' ? log.info(line) : process.stdout.write(`${line}\n`);
  stopOnSignals(() => {
    log.info('stopping');
    return service.stop();
  });
  announce(`Tabane answers at ${service.address} (the API is described at ${service.address}/docs).`);
  announce(`Its staff pages answer at ${service.staffAddress}.`);
  if (service.metricsAddress) announce(`Its metrics are at ${service.metricsAddress}/metrics.`);
}

/** Stops and ends the process at the first signal, at once at a later one. */
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
