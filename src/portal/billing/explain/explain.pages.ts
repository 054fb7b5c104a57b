import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { explainQuery, loadFigure } from '../../explain/explain-request.ts';
import { explainView, type ExplainView } from '../../explain/explain.view.rules.ts';
import { explainHref } from './explain-link.rules.ts';

export const explainPage = definePage({
  name: 'billing.explain',
  path: '/billing/explain/:of/:id/:figure',
  permission: 'settlement-figures:read',
  query: explainQuery,
  load: loadFigure,
  view: (loaded, frame) => explainView(loaded, { ...frame, explainHref }),
  template: template<ExplainView>('explain/explain'),
});
