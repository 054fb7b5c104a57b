import { compareRehearsal } from '../../../rehearsals/rehearsal-comparison.queries.ts';
import { getRehearsal, listRehearsable, listRehearsals } from '../../../rehearsals/rehearsal.queries.ts';
import { ID_PATTERN } from '../../../shared/ids.ts';
import { Problem } from '../../../shared/problem.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { comparisonView, type ComparisonView } from './comparison.view.rules.ts';
import { rehearsalView, type RehearsalView } from './rehearsal.view.rules.ts';
import { rehearsalsView, type RehearsalsView } from './rehearsals.view.rules.ts';

export const rehearsalsPage = definePage({
  name: 'billing.rehearsals',
  path: '/billing/rehearsals',
  permission: 'runs:read',
  nav: navIn('closes', 'billing.rehearsals.nav', 5),
  load: async (deps, { actor }) => ({
    rehearsals: await listRehearsals(deps, actor),
    choice: await listRehearsable(deps, actor),
  }),
  view: rehearsalsView,
  template: template<RehearsalsView>('billing/rehearsals'),
});

const AFTER = /^(\d{1,3})\.(\d{1,9})$/;

export const rehearsalPage = definePage({
  name: 'billing.rehearsal',
  path: '/billing/rehearsals/:id',
  permission: 'runs:read',
  query: {
    type: 'object',
    properties: { after: { type: 'string', pattern: AFTER.source } },
    additionalProperties: false,
  },
  load: async (deps, { actor, params, query }) => {
    const [, outlierCount, companyId] = AFTER.exec(query.after ?? '') ?? [];
    const after =
      companyId === undefined
        ? undefined
        : { outlierCount: Number(outlierCount), companyId: Number(companyId) };
    return { outcome: await getRehearsal(deps, actor, { id: requireId(params['id']), after }), after };
  },
  view: rehearsalView,
  template: template<RehearsalView>('billing/rehearsal'),
});

export const comparisonPage = definePage({
  name: 'billing.rehearsal-comparison',
  path: '/billing/rehearsals/:id/comparison',
  permission: 'runs:read',
  query: {
    type: 'object',
    properties: { after: { type: 'integer', minimum: 1, maximum: 999_999_999 } },
    additionalProperties: false,
  },
  load: async (deps, { actor, params, query: { after } }) => ({
    comparison: await compareRehearsal(deps, actor, { id: requireId(params['id']), after }),
    isFirstPage: after === undefined,
  }),
  view: comparisonView,
  template: template<ComparisonView>('billing/rehearsal-comparison'),
});

const BARE_ID = new RegExp(`^${ID_PATTERN}$`);

function requireId(text: string | undefined): string {
  if (text === undefined || !BARE_ID.test(text)) throw new Problem('rehearsal-not-found');
  return text;
}
