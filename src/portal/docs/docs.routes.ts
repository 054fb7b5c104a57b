import Router from '@koa/router';
import type { Context } from 'koa';
import type { Config } from '../../../config/config.ts';
import type { AnyEndpoint } from '../../api/define-endpoint.ts';
import { frameOf, pageFrame, renderPage } from '../page.ts';
import { viewDocs } from './docs-view.ts';
import { isProblemCode, viewProblem, viewProblemGroups } from './problem-view.rules.ts';

const CODE = /^[a-z][a-z-]{0,63}$/;

/** The pages for developers: the API reference, and a page for each problem, which is the address in its `type`. */
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
    if (!isProblemCode(code)) return renderUnknownProblem(ctx, code);
    const view = viewProblem(code, frameOf(ctx).language, endpoints);
    const content = { template: 'problem-code', title: view.title, path: `/problems/${code}` } as const;
    return renderPage(ctx, { ...content, site: 'problems', view });
  });
  return router;
}

/** A link to a problem can be old, truncated or mistyped: the page stays in the developers' section. */
function renderUnknownProblem(ctx: Context, code: string): void {
  ctx.status = 404;
  const title = frameOf(ctx).t('problems.unknown-title');
  // Text from the address is shown only if it could be a code.
  const view = { code: CODE.test(code) ? code : undefined };
  renderPage(ctx, { template: 'problem-unknown', title, path: '', site: 'problems', view });
}
