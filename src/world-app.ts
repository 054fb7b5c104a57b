import type { IncomingMessage, ServerResponse } from 'node:http';
import Koa, { type Context, type Middleware } from 'koa';
import { apiEndpoints } from './api-endpoints.ts';
import { apiRouter } from './api/router.ts';
import { installClientAddress } from './http/client-address.ts';
import { isClientsFault } from './http/hung-up.ts';
import { problemRenderer } from './http/problem-renderer.ts';
import { refuseUnmatched } from './http/unmatched.ts';
import { pageSessions } from './identity/page-sessions.ts';
import { checkoutPortal } from './portal/checkout/checkout.portal.ts';
import { processPace } from './shared/live-pace.ts';
import { portalRouter } from './portal/kit/portal-router.ts';
import { browserProblemPage } from './portal/kit/problem-page.ts';
import { myPortal } from './portal/my/my.portal.ts';
import { reportRefusal } from './report-refusal.ts';
import { isolateWorld } from './sandbox/isolate-world.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { parseSandboxKey, parseWorldPath } from './sandbox/sandbox-key.rules.ts';
import type { WorldDeps } from './sandbox/world-deps.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const BEARER = /^Bearer +(tbs_\S+)$/i;

/**
 * Leads requests with a key `tbs_…`, and those to pages of a world, to the application of that world: the same endpoints and pages
 * on the world's own database, which no other step of this application reads. Requests to worlds that do not exist continue, and
 * are refused like any wrong key or address.
 */
export function leadToWorlds(sandbox: Sandbox): Middleware {
  const handlers = new WeakMap<WorldDeps, Handler>();
  return async (ctx, next) => {
    const target = targetOf(ctx);
    const world = target && (await sandbox.enter(target.worldId));
    if (!target || !world) {
      await next();
      return;
    }
    try {
      let handler = handlers.get(world.deps);
      if (!handler) handlers.set(world.deps, (handler = createWorldHandler(world.deps)));
      // The response is the world's; its steps write the status and the headers.
      ctx.respond = false;
      (ctx as { routerPath?: string }).routerPath = 'sandbox';
      if (target.token !== undefined) ctx.req.headers.authorization = `Bearer ${target.token}`;
      if (target.path !== undefined) ctx.path = target.path;
      await handler(ctx.req, ctx.res);
    } finally {
      world.leave();
    }
  };
}

interface Target {
  readonly worldId: string;
  /** The key as the world knows it. */
  readonly token?: string;
  /** The path within the world. */
  readonly path?: string;
}

/** A key counts on `/v1` alone, and a path of pages outside it: no request is of two worlds. */
function targetOf(ctx: Context): Target | undefined {
  if (!ctx.path.startsWith('/v1/')) return parseWorldPath(ctx.path);
  const [, sent] = BEARER.exec(ctx.get('Authorization')) ?? [];
  return sent === undefined ? undefined : parseSandboxKey(sent);
}

/** The API and the pages of subscribers on the database of a world. Sessions are its own; so is the application that holds them. */
function createWorldHandler(deps: WorldDeps): Handler {
  const { config, log } = deps;
  const { liveOrigin } = config.world!;
  const app = new Koa();
  installClientAddress(app, { trustProxy: config.trustProxy, log });
  app.silent = true;
  app.on('error', (err: unknown, ctx?: Context) => {
    if (isClientsFault(err, ctx)) log.debug({ err }, 'client-hung-up');
    else log.error({ err }, 'answer-failed');
  });
  app.use(isolateWorld(config.world!.id));
  app.use(problemRenderer(deps, { problemPage: browserProblemPage(config), report: reportRefusal }));
  app.use(refuseUnmatched());
  app.use(apiRouter(deps, apiEndpoints).routes());
  const sessions = pageSessions(deps, app, { origin: liveOrigin });
  const site = {
    deps,
    origin: liveOrigin,
    sessions,
    stopping: new AbortController().signal,
    pace: processPace,
  };
  for (const portal of [checkoutPortal, myPortal]) app.use(portalRouter(portal, site).routes());
  return app.callback();
}
