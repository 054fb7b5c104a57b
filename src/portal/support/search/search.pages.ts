import { search } from '../../../support-search/search.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { searchView, type SearchView } from './search.view.rules.ts';

/** The first page of the desk: one box for everything that a caller may say. */
export const searchPage = definePage({
  name: 'support.search',
  path: '/support',
  permission: 'support-desk:read',
  nav: navIn('search', 'support.search.nav'),
  query: {
    type: 'object',
    properties: { q: { type: 'string', maxLength: 300 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query: { q } }) => {
    const text = q?.trim() ?? '';
    return { text, found: text === '' ? undefined : await search(deps, actor, text) };
  },
  view: searchView,
  template: template<SearchView>('support/search'),
});
