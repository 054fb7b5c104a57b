import { getLineOverview } from '../../../limits/line-overview.queries.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { getGuide, listGuides } from '../../../support-guides/guides.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { lineView, type LineView } from './line.view.rules.ts';

/** The first day of a tenure; without it, today's or the last one. */
export const tenureQuery = {
  type: 'object',
  properties: {
    tenure: { type: 'string', format: 'business-date' },
    guide: { type: 'string', maxLength: 61 },
  },
  additionalProperties: false,
} as const;

export const linePage = definePage({
  name: 'support.line',
  path: '/support/lines/:line',
  permission: 'support-desk:read',
  under: '/support',
  query: tenureQuery,
  load: async (deps, { actor, params, query: { tenure, guide }, visit: { language } }) => ({
    line: await getLineOverview(deps, actor, requireLineId(params['line'])),
    tenure,
    guides: await listGuides(deps, actor, language),
    guide: guide === undefined ? undefined : await getGuide(deps, actor, { code: guide, language }),
  }),
  view: lineView,
  template: template<LineView>('support/line'),
});
