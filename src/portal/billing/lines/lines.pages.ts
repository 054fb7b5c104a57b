import { getLineOverview } from '../../../limits/line-overview.queries.ts';
import { requireLineId, searchLines } from '../../../lines/search-lines.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { lineLimitView, type LineLimitView } from './line-limit.view.rules.ts';
import { lineView, type LineView } from './line.view.rules.ts';
import { linesView, type LinesView } from './lines.view.rules.ts';

const lineId = { type: 'string', maxLength: 40 } as const;

/** Finds lines by their ID. */
export const linesPage = definePage({
  name: 'billing.lines',
  path: '/billing/lines',
  permission: 'lines:read',
  nav: navIn('lines', 'billing.lines.nav'),
  query: {
    type: 'object',
    properties: { line: lineId, after: lineId },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query: { line, after } }) => ({
    text: line,
    after,
    found: line === undefined ? undefined : await searchLines(deps, actor, { text: line, after }),
  }),
  view: linesView,
  template: template<LinesView>('billing/lines'),
});

export const linePage = definePage({
  name: 'billing.line',
  path: '/billing/lines/:line',
  permission: 'lines:read',
  load: (deps, { actor, params }) => getLineOverview(deps, actor, requireLineId(params['line'])),
  view: lineView,
  template: template<LineView>('billing/line'),
});

export const lineLimitPage = definePage({
  name: 'billing.line-limit',
  path: '/billing/lines/:line/limit',
  permission: 'lines:limit',
  load: (deps, { actor, params }) => getLineOverview(deps, actor, requireLineId(params['line'])),
  view: lineLimitView,
  template: template<LineLimitView>('billing/line-limit'),
});
