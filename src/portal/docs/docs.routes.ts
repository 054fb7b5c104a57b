import Router from '@koa/router';
import type { Config } from '../../../config/config.ts';
import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import { Problem } from '../../shared/problem.ts';
import { frameOf, pageFrame, renderPage } from '../page.ts';
import { viewDocs } from './docs-view.ts';
import { isProblemCode, viewProblem, viewProblemGroups } from './problem-view.rules.ts';

/** What an integrator reads: the reference of the API, and a page for each problem, to which its `type` leads. */
export function docsRouter(config: Config, endpoints: readonly AnyEndpoint[]): Router {
  const docs = { ja: viewDocs(config, endpoints, 'ja'), en: viewDocs(config, endpoints, 'en') };
  const frame = pageFrame(config);
  const router = new Router();
  router.get('/docs', frame, (ctx) => {
    const { t, language } = frameOf(ctx);
    const content = { template: 'docs', title: t('docs.title'), path: '/docs', site: 'docs' } as const;
    renderPage(ctx, { ...content, view: docs[language] });
  });
  router.get('/problems', frame, (ctx) => {
    const { t, language } = frameOf(ctx);
    const content = { template: 'problems', title: t('problems.title'), path: '/problems' } as const;
    renderPage(ctx, { ...content, site: 'problems', view: { groups: viewProblemGroups(language) } });
  });
  router.get('/problems/:code', frame, (ctx) => {
    const code = ctx.params['code'] ?? '';
    if (!isProblemCode(code)) throw new Problem('not-found');
    const view = viewProblem(code, frameOf(ctx).language, endpoints);
    const content = { template: 'problem-code', title: view.title, path: `/problems/${code}` } as const;
    renderPage(ctx, { ...content, site: 'problems', view });
  });
  return router;
}
