import Router from '@koa/router';
import Koa from 'koa';
import type { Config } from '../../../config/config.ts';
import type { Deps } from '../../../src/deps.ts';
import { usageChargeEndpoints } from '../../../src/charges/usage-charge.routes.ts';
import { accessLog } from '../../../src/http/access-log.ts';
import type { ApiContext, ApiState } from '../../../src/api/api-context.ts';
import { guard } from '../../../src/api/guard.ts';
import { jsonBody } from '../../../src/api/json-body.ts';
import { problemRenderer } from '../../../src/http/problem-renderer.ts';
import { requestId } from '../../../src/http/request-id.ts';
import { securityHeaders } from '../../../src/http/security-headers.ts';
import { refuseUnmatched } from '../../../src/http/unmatched.ts';

/**
 * The service's Koa stack for `POST /v1/usage-charges` with the body read and checked against its schema, and
 * nothing else of ours: no key, no idempotency, no database. `answer` gives the body of the 201.
 */
export function bareStack(
  deps: Pick<Deps, 'log'> & { config: Config },
  answer: (ctx: ApiContext) => string | Promise<string>,
): Koa {
  const endpoint = usageChargeEndpoints.find(({ name }) => name === 'createUsageCharge')!;
  const router = new Router<ApiState>();
  router.post(endpoint.path, jsonBody(endpoint.bodyLimitBytes), guard(endpoint), async (ctx) => {
    const text = await answer(ctx);
    ctx.status = 201;
    ctx.type = 'application/json';
    ctx.body = text;
  });
  const app = new Koa();
  app.use(requestId(false));
  app.use(accessLog(deps.log));
  app.use(securityHeaders(deps.config));
  app.use(problemRenderer(deps));
  app.use(refuseUnmatched());
  app.use(router.routes());
  return app;
}

/** An answer of the size the service gives. */
export const sampleAnswer = JSON.stringify({
  id: 'ch_01JV0000000000000000000000',
  kind: 'usage',
  state: 'captured',
  service: 'music',
  amount: 100,
  captured_amount: 100,
  currency: 'JPY',
  tax_code: 'standard',
  tax_rate_bps: 1000,
  description: 'Track 12345',
  reference: 'ours-3-12345',
  capture: 'automatic',
  consent: 'cs_01JV0000000000000000000000',
  subscription: null,
  subscription_month: null,
  confirm_url: null,
  created_at: '2026-05-10T03:00:00.000Z',
  expires_at: null,
  authorized_at: '2026-05-10T03:00:00.000Z',
  captured_at: '2026-05-10T03:00:00.000Z',
  business_date: '2026-05-10',
  billing_period: '2026-05',
  late: false,
  ended_at: null,
  ended_by: null,
});
