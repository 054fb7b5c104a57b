import { writeFigureAddress, type FigureAddress } from '../../../explanations/figure-address.rules.ts';
import { explainQuery, loadFigure } from '../../explain/explain-request.ts';
import { explainView, type ExplainView } from '../../explain/explain.view.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';

/** The page of the desk that explains a figure. */
export function explainHref(address: FigureAddress): string {
  return `/support/explain/${writeFigureAddress(address)}`;
}

/** Where a figure comes from; each figure takes the permission to read what it is of. */
export const explainPage = definePage({
  name: 'support.explain',
  path: '/support/explain/:of/:id/:figure',
  permission: 'invoice-figures:read',
  under: '/support',
  query: explainQuery,
  load: loadFigure,
  view: (loaded, frame) => explainView(loaded, { ...frame, explainHref }),
  template: template<ExplainView>('explain/explain'),
});
