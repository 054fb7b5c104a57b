import Router from '@koa/router';
import type { Config } from '../../../config/config.ts';
import { frameOf, pageFrame, renderPage } from '../page.ts';

/** The start page: who runs the site, and links for its visitors. */
export function startRouter(config: Config): Router {
  const router = new Router();
  router.get('/', pageFrame(config), (ctx) => {
    const { t, language } = frameOf(ctx);
    const { carrier } = config;
    const carrierName = language === 'ja' ? carrier.name : carrier.nameEn;
    const view = { carrierName, address: carrier.address };
    renderPage(ctx, { template: 'start', title: t('start.title'), path: '/', site: 'start', view });
  });
  return router;
}
