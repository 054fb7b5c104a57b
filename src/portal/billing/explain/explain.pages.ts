import { explainFigure } from '../../../explanations/explain-figure.ts';
import { parseFigureAddress } from '../../../explanations/figure-address.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { ID_PATTERN } from '../../../shared/ids.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { explainView, type ExplainView } from './explain.view.rules.ts';

export const explainPage = definePage({
  name: 'billing.explain',
  path: '/billing/explain/:of/:id/:figure',
  permission: 'settlement-figures:read',
  query: {
    type: 'object',
    properties: { after: { type: 'string', pattern: `^${ID_PATTERN}$` } },
    additionalProperties: false,
  },
  load: async (deps, { actor, params: { of, id, figure }, query: { after } }) => {
    const address = parseFigureAddress(`${of}/${id}/${figure}`);
    if (!address) throw new Problem('not-found');
    return { node: await explainFigure(deps, actor, { address, after }), isFirstPage: after === undefined };
  },
  view: explainView,
  template: template<ExplainView>('billing/explain'),
});
