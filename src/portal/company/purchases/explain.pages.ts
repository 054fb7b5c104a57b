import { explainQuery, loadFigure } from '../../explain/explain-request.ts';
import { explainView, type ExplainView } from '../../explain/explain.view.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { explainHref } from '../company-links.rules.ts';

/** Where a figure of the company comes from; each figure takes the permission to read what it is of. */
export const explainPage = definePage({
  name: 'company.explain',
  path: '/company/explain/:of/:id/:figure',
  permission: 'charges:read',
  under: '/company/settlements',
  query: explainQuery,
  load: loadFigure,
  view: (loaded, frame) => explainView(loaded, { ...frame, explainHref }),
  template: template<ExplainView>('explain/explain'),
});
