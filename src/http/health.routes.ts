import Router from '@koa/router';
import { assertDatabaseAnswers } from '../database/probe.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** Shorter than a balancer waits, which takes silence for the process's own. */
const PATIENCE_MS = 2_000;

/**
 * For whoever watches the process: `live` says that it runs, `ready` that requests may be sent to it, because its database
 * answers and it is not `stopping`.
 */
export function healthRouter(deps: Pick<Deps, 'orm'>, stopping: AbortSignal): Router {
  const router = new Router();
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' };
  });
  router.get('/health/ready', async (ctx) => {
    if (stopping.aborted) {
      // No Problem, which would be logged as a fault.
      ctx.status = 503;
      ctx.body = { status: 'stopping' };
      return;
    }
    try {
      await assertDatabaseAnswers(deps.orm, PATIENCE_MS);
    } catch (cause) {
      throw new Problem('service-unavailable', { detail: 'The database does not answer.', cause });
    }
    ctx.body = { status: 'ready' };
  });
  return router;
}
