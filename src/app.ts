import Router from '@koa/router';
import Koa, { type Context, type Middleware } from 'koa';
import type { ServiceDeps } from './service-deps.ts';
import type { Portal } from './portal/kit/define-portal.ts';
import { accessLog } from './http/access-log.ts';
import { apiEndpoints } from './api-endpoints.ts';
import { exampleResponses } from './example-responses.ts';
import { apiRouter } from './api/router.ts';
import { installClientAddress } from './http/client-address.ts';
import { healthRouter } from './http/health.routes.ts';
import { isClientsFault } from './http/hung-up.ts';
import { refuseAmbiguousHost } from './http/one-host.ts';
import { problemRenderer } from './http/problem-renderer.ts';
import { requestId } from './http/request-id.ts';
import { securityHeaders } from './http/security-headers.ts';
import { refuseUnmatched } from './http/unmatched.ts';
import { reportRefusal } from './report-refusal.ts';
import { openApiRouter } from './api/openapi/openapi.routes.ts';
import { assetRouter } from './portal/kit/assets.ts';
import { browserProblemPage } from './portal/kit/problem-page.ts';
import { processPace, type LivePace } from './shared/live-pace.ts';
import { eventStreamRouter } from './published-events/event-stream-router.ts';
import { portalRouter } from './portal/kit/portal-router.ts';
import { createPortals } from './portal/portals.ts';
import { pageSessions } from './identity/page-sessions.ts';
import { leadToWorlds } from './world-app.ts';

/** The signal of an application that is never stopped. */
const neverAborted = new AbortController().signal;

/** What the process passes to the application. */
export interface AppOptions {
  /** Wraps every request. */
  readonly measure?: Middleware | undefined;
  /** Aborted once the process is to accept no more requests. */
  readonly stopping?: AbortSignal;
  /** The time that live parts of pages go by; that of the process by default. */
  readonly pace?: LivePace;
}

/**
 * What the public reaches, as a Koa application: the API, which has neither session nor cookie, and the pages of subscribers,
 * companies and developers.
 */
export function createApp(deps: ServiceDeps, options: AppOptions = {}): Koa {
  const { config } = deps;
  const app = createListenerApp(deps, true, options);
  const { stopping = neverAborted, pace = processPace } = options;
  // Before the operations: `stream` is no identifier of an event.
  app.use(eventStreamRouter(deps, { stopping, pace }).routes());
  app.use(apiRouter(deps, apiEndpoints).routes());
  app.use(openApiRouter(config, apiEndpoints, exampleResponses(config.publicOrigin)).routes());
  servePortals(app, deps, { listener: 'public', origin: config.publicOrigin, ...options });
  return app;
}

/** What the carrier's staff reach, on a listener that the internet does not. */
export function createStaffApp(deps: ServiceDeps, options: AppOptions = {}): Koa {
  const app = createListenerApp(deps, false, options);
  servePortals(app, deps, { listener: 'staff', origin: deps.config.staff.origin, ...options });
  app.use(new Router().redirect('/', '/staff', 302).routes());
  return app;
}

/** The middleware of every request, from the outside in, and the health of the process. */
function createListenerApp(
  deps: ServiceDeps,
  isPublic: boolean,
  { measure, stopping = neverAborted }: AppOptions,
): Koa {
  const { config, log } = deps;
  const app = new Koa();
  installClientAddress(app, { trustProxy: config.trustProxy, log });
  app.silent = true;
  app.on('error', (err: unknown, ctx?: Context) => {
    // The log line of the request has it too, with 499.
    if (isClientsFault(err, ctx)) log.debug({ err }, 'client-hung-up');
    else log.error({ err }, 'answer-failed');
  });
  if (measure) app.use(measure);
  app.use(requestId(config.trustProxy !== false));
  app.use(accessLog(log));
  app.use(securityHeaders(config));
  app.use(problemRenderer(deps, { problemPage: browserProblemPage(config), report: reportRefusal }));
  app.use(refuseAmbiguousHost());
  if (isPublic && deps.sandbox) app.use(leadToWorlds(deps.sandbox));
  app.use(refuseUnmatched());
  app.use(healthRouter(deps, stopping).routes());
  app.use(assetRouter(config).routes());
  return app;
}

interface ListenerOptions extends Pick<AppOptions, 'stopping' | 'pace'> {
  readonly listener: Portal['listener'];
  readonly origin: string;
}

/** Serves the portals of a listener. */
function servePortals(
  app: Koa,
  deps: ServiceDeps,
  { listener, origin, stopping = neverAborted, pace = processPace }: ListenerOptions,
): void {
  const pages = { ...deps, orm: deps.pagesOrm ?? deps.orm };
  const sessions = pageSessions(pages, app, { origin });
  const site = { deps: pages, origin, sessions, stopping, pace };
  const served = createPortals(deps.config).filter((portal) => portal.listener === listener);
  for (const portal of served) app.use(portalRouter(portal, site).routes());
}
