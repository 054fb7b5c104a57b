import { listPublicServices } from '../../companies/listed-services.queries.ts';
import { platforms } from '../../companies/seller-terms.rules.ts';
import { definePage } from '../kit/define-page.ts';
import { definePortal } from '../kit/define-portal.ts';
import { template } from '../kit/template.ts';
import { companiesView, type CompaniesView } from './companies.view.rules.ts';

const companiesPage = definePage({
  name: 'companies.list',
  path: '/companies',
  audience: 'public',
  query: {
    type: 'object',
    properties: {
      q: { type: 'string', maxLength: 100 },
      platform: { type: 'string', enum: platforms },
      after: { type: 'string', maxLength: 65, pattern: '^[a-z0-9-]+/[a-z0-9-]+$' },
    },
  },
  load: async (deps, { query }) => {
    const { q: text, platform, after } = query;
    return { filter: query, listed: await listPublicServices(deps, { text, platform, after }) };
  },
  view: companiesView,
  template: template<CompaniesView>('companies/list'),
});

/** What can be paid on the line's invoice, for everybody. */
export const companiesPortal = definePortal({
  name: 'companies',
  listener: 'public',
  audience: 'public',
  tagline: 'page.service',
  foot: 'companies.foot',
  home: '/',
  pages: [companiesPage],
});
