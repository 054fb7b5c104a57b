import Router from '@koa/router';
import type { Config } from '../../../config/config.ts';
import type { AnyEndpoint } from '../define-endpoint.ts';
import { buildOpenApi, type ExampleResponses } from './build-openapi.ts';

/** Serves the OpenAPI document. */
export function openApiRouter(
  config: Config,
  endpoints: readonly AnyEndpoint[],
  examples?: ExampleResponses,
): Router {
  const document = JSON.stringify(buildOpenApi(config, endpoints, examples));
  const router = new Router();
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.body = document;
  });
  return router;
}
