import { getDeskCase } from '../../../cases/desk-case.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { caseView } from './case.view.rules.ts';

export const casePage = definePage({
  name: 'support.case',
  path: '/support/cases/:number',
  permission: 'cases:read',
  load: (deps, { actor, params }) => getDeskCase(deps, actor, params['number'] ?? ''),
  view: caseView,
  template: template<SectionsView>('kit/sections'),
});
