import Router from '@koa/router';
import type { Config } from '../../config/config.ts';
import type { AnyEndpoint } from '../http/endpoint.ts';
import { Problem, problems } from '../shared/problem.ts';
import type { ProblemCode } from '../shared/problem.ts';
import { buildOpenApi } from './build-openapi.ts';
import { renderApiPage, renderProblemPage, renderProblemsPage } from './reference-pages.ts';

/** What an integrator reads: the document, its short page, and a page for each problem code. */
export function openApiRouter(config: Config, endpoints: readonly AnyEndpoint[]): Router {
  const document = JSON.stringify(buildOpenApi(config, endpoints));
  const apiPage = renderApiPage(endpoints);
  const router = new Router();
  router.get('/openapi.json', (ctx) => {
    ctx.type = 'application/json';
    ctx.body = document;
  });
  router.get('/docs', (ctx) => {
    ctx.type = 'html';
    ctx.body = apiPage;
  });
  router.get('/problems', (ctx) => {
    ctx.type = 'html';
    ctx.body = renderProblemsPage();
  });
  router.get('/problems/:code', (ctx) => {
    const code = ctx.params['code'] ?? '';
    if (!Object.hasOwn(problems, code)) throw new Problem('not-found');
    ctx.type = 'html';
    ctx.body = renderProblemPage(code as ProblemCode);
  });
  return router;
}
