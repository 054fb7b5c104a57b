import { listSealPage, openSeal } from '../../../seals/seal-list.queries.ts';
import { defineDownload } from '../../kit/define-download.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { sealsView, type SealsView } from './seals.view.rules.ts';

export const sealsPage = definePage({
  name: 'billing.seals',
  path: '/billing/seals',
  permission: 'books:verify',
  nav: navIn('records', 'billing.seals.nav', 3),
  query: {
    type: 'object',
    properties: { before: { type: 'integer', minimum: 1 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => ({
    ...(await listSealPage(deps, actor, query)),
    before: query.before,
    now: deps.clock.now(),
  }),
  view: sealsView,
  template: template<SealsView>('billing/seals'),
});

export const sealFile = defineDownload({
  name: 'billing.seal-file',
  path: '/billing/seals/:date/file',
  permission: 'books:verify',
  load: (deps, { actor, params }) => openSeal(deps, actor, { businessDate: params['date'] ?? '' }),
});
