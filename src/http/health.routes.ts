import Router from '@koa/router';
import { sql } from 'kysely';
import { sqlOf } from '../database/sql.ts';
import { emOf } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';

/** For whoever watches the process: `live` says that it runs, `ready` that its database answers too. */
export function healthRouter(deps: Deps): Router {
  const router = new Router();
  router.get('/health/live', (ctx) => {
    ctx.body = { status: 'live' };
  });
  router.get('/health/ready', async (ctx) => {
    try {
      await sql`SELECT 1`.execute(sqlOf(emOf(deps)));
    } catch (cause) {
      throw new Problem('service-unavailable', { detail: 'The database does not answer.', cause });
    }
    ctx.body = { status: 'ready' };
  });
  return router;
}
