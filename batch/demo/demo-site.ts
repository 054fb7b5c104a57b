import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertSameBillingSettings } from '../../config/database/assert-same-billing-settings.ts';
import { parseConfig } from '../../config/config.ts';
import { openOrm } from '../../config/database/orm.ts';
import { createApp } from '../../src/app.ts';
import { DocumentThreads } from '../../src/rendering/document-threads.ts';
import type { ServiceDeps } from '../../src/service-deps.ts';
import { createLineCheck } from '../../src/radius/line-check.ts';
import { MovableClock } from '../../src/shared/clock.ts';
import { startAaaStandIn } from './aaa-stand-in.ts';
import { createLog } from '../../src/shared/log.ts';
import { seededIds } from './seeded-ids.ts';

const LOOPBACK = '127.0.0.1';
const RADIUS_SECRET = 'the-demo-and-its-own-aaa-server';

export interface SiteSettings {
  readonly databaseUrl: string;
  readonly filesDir: string;
  readonly seed: number;
  readonly startsAt: Date;
}

/** Statements are drawn in few nights, minutes apart: the threads, slow to start, stay. */
const KEEP_THREADS_MS = 3_600_000;

/** The service on a port of the loopback interface, with an AAA server to ask and a clock that the demo moves. */
export interface DemoSite extends AsyncDisposable {
  readonly origin: string;
  readonly deps: ServiceDeps;
  readonly clock: MovableClock;
}

/** Opens the site; every line is at this machine's loopback address. */
export async function openDemoSite(settings: SiteSettings): Promise<DemoSite> {
  await using opened = new AsyncDisposableStack();
  const aaa = await startAaaStandIn({ secret: RADIUS_SECRET, holds: () => LOOPBACK });
  opened.defer(() => aaa.close());
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  opened.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://${LOOPBACK}:${(server.address() as AddressInfo).port}`;
  const radius = `${LOOPBACK}:${aaa.port}:${RADIUS_SECRET}`;
  const { deps, clock } = await createDeps(settings, { origin, radius }, opened);
  server.on('request', createApp(deps).callback() as RequestListener);
  const stack = opened.move();
  return { origin, deps, clock, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

async function createDeps(
  { databaseUrl, filesDir, seed, startsAt }: SiteSettings,
  { origin, radius }: { origin: string; radius: string },
  opened: AsyncDisposableStack,
): Promise<{ deps: ServiceDeps; clock: MovableClock }> {
  const config = parseConfig({
    ...process.env,
    DATABASE_URL: databaseUrl,
    PUBLIC_ORIGIN: origin,
    RADIUS_SERVERS: radius,
    FILES_DIR: filesDir,
  });
  const orm = await openOrm({ databaseUrl, poolSize: config.databasePoolSize });
  opened.defer(() => orm.close());
  await assertSameBillingSettings(orm, config);
  const { servers, nasIdentifier, firstRetryMs: firstMs, tries, totalMs } = config.radius;
  const lineCheck = createLineCheck({ servers, nasIdentifier, retransmission: { firstMs, tries, totalMs } });
  opened.defer(() => lineCheck.close());
  const clock = new MovableClock(startsAt);
  // The access log would have a line for every sale; errors are still logged.
  const log = createLog('error', process.stderr);
  const documents = new DocumentThreads({ idleMs: KEEP_THREADS_MS });
  opened.defer(() => documents.close());
  return { deps: { orm, config, clock, ids: seededIds(seed, clock), log, documents, lineCheck }, clock };
}
