import { countPayoutRuns, listPayoutRuns } from '../../../payouts/payout-run.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { tabHref } from './payout-parts.rules.ts';
import { RUNS_ON_PAGE, runsView } from './runs.view.rules.ts';

/** The payout runs, by state. */
export const runsPage = definePage({
  name: 'billing.payout-runs',
  path: tabHref('runs'),
  permission: 'payouts:read',
  query: {
    type: 'object',
    properties: {
      state: { type: 'string', enum: ['draft', 'approved', 'sent', 'void'] },
      before: { type: 'string', pattern: '^\\d{10}$' },
    },
  },
  load: async (deps, { actor, query }) => ({
    runs: await listPayoutRuns(deps, actor, { ...query, limit: RUNS_ON_PAGE + 1 }),
    counts: await countPayoutRuns(deps, actor),
    query,
  }),
  view: runsView,
  template: template<SectionsView>('kit/sections'),
});
