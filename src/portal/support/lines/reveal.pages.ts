import { getLineOverview } from '../../../limits/line-overview.queries.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { requireLineId } from '../../../lines/search-lines.queries.ts';
import { revealView } from './reveal.view.rules.ts';

/** Asks why somebody wants to see who holds or held the line. */
export const revealPage = definePage({
  name: 'support.reveal',
  path: '/support/lines/:line/tenures/:tenure/personal-data',
  permission: 'personal-data:reveal',
  under: '/support',
  load: async (deps, { actor, params }) => {
    const { lineId, tenures } = await getLineOverview(deps, actor, requireLineId(params['line']));
    const tenure = tenures.find(({ validFrom }) => validFrom === params['tenure']);
    if (!tenure) throw new Problem('line-not-found');
    return { lineId, holderFrom: tenure.validFrom };
  },
  view: revealView,
  template: template<SectionsView>('kit/sections'),
});
