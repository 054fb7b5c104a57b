import Router from '@koa/router';
import { assertDatabaseAnswers } from '../database/probe.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** Shorter than the timeout of load balancers, which would take a slow database for a dead process. */
const DATABASE_TIMEOUT_MS = 2_000;

/**
 * Health checks: `live` means that the process runs, `ready` that it accepts requests, because its database answers and
 * it is not `stopping`.
 */
export function healthRouter(deps: Pick<Deps, 'orm'>, stopping: AbortSignal): Router {
  const router = new Router();
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' };
  });
  router.get('/health/ready', async (ctx) => {
    if (stopping.aborted) {
      // Not a Problem, which would be logged as an error.
      ctx.status = 503;
      ctx.body = { status: 'stopping' };
      return;
    }
    try {
      await assertDatabaseAnswers(deps.orm, DATABASE_TIMEOUT_MS);
    } catch (cause) {
      throw new Problem('service-unavailable', { detail: 'The database does not answer.', cause });
    }
    ctx.body = { status: 'ready' };
  });
  return router;
}
