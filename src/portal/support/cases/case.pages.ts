import { getDeskCase } from '../../../cases/desk-case.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { caseView } from './case.view.rules.ts';

export const casePage = definePage({
  name: 'support.case',
  path: '/support/cases/:number',
  permission: 'cases:read',
  query: {
    type: 'object',
    properties: { before: { type: 'string', pattern: '^[1-9][0-9]{0,4}$' } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, params, query: { before } }) => ({
    found: await getDeskCase(deps, actor, params['number'] ?? '', {
      before: before === undefined ? undefined : Number(before),
    }),
    before,
  }),
  view: caseView,
  template: template<SectionsView>('kit/sections'),
});
