import type { Actor } from '../../../access/actor.ts';
import { can } from '../../../access/can.rules.ts';
import { getSafeguardsOfTenure } from '../../../safeguards/safeguards-of-tenure.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { contains } from '../../../shared/date-range.rules.ts';
import { getLineOverview, type LineOverview } from '../../../limits/line-overview.queries.ts';
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

/** The settings of today's tenure, for who takes back what has not begun. */
async function loadPlanned(deps: ServiceDeps, actor: Actor, { lineId, tenures, businessDate }: LineOverview) {
  const tenure = tenures.find((one) => contains(one, businessDate));
  if (!tenure || !can(actor, 'limits:restrict')) return undefined;
  return await getSafeguardsOfTenure(deps, actor, { lineId, holderFrom: tenure.validFrom });
}

export const linePage = definePage({
  name: 'support.line',
  path: '/support/lines/:line',
  permission: 'support-desk:read',
  under: '/support',
  query: tenureQuery,
  load: async (deps, { actor, params, query: { tenure, guide }, visit: { language } }) => {
    const line = await getLineOverview(deps, actor, requireLineId(params['line']));
    return {
      line,
      tenure,
      guards: await loadPlanned(deps, actor, line),
      guides: await listGuides(deps, actor, language),
      guide: guide === undefined ? undefined : await getGuide(deps, actor, { code: guide, language }),
    };
  },
  view: lineView,
  template: template<LineView>('support/line'),
});
