import { caseTabs, countQueue, listQueue } from '../../../cases/case-queue.queries.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { queueView } from './queue.view.rules.ts';

const PAGE = 50;

/** What waits, the oldest first. */
export const casesPage = definePage({
  name: 'support.cases',
  path: '/support/cases',
  permission: 'cases:read',
  nav: navIn('cases', 'support.cases.nav'),
  query: {
    type: 'object',
    properties: {
      list: { enum: caseTabs },
      after: { type: 'string', pattern: '^C-\\d{4}-\\d{6}$' },
      due: { type: 'string', pattern: '^\\d{13}$' },
    },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query: { list = 'open', after, due } }) => {
    const place = after && { number: after, dueAt: due === undefined ? null : new Date(Number(due)) };
    const found = await listQueue(deps, actor, { tab: list, limit: PAGE + 1, after: place || undefined });
    const cases = found.slice(0, PAGE);
    return {
      tab: list,
      cases,
      isFirst: after === undefined,
      hasMore: found.length > PAGE,
      counts: await countQueue(deps, actor),
      names: await findPeopleNames(
        deps,
        cases.map(({ assignedTo }) => assignedTo),
      ),
      now: deps.clock.now(),
    };
  },
  view: queueView,
  template: template<SectionsView>('kit/sections'),
});
