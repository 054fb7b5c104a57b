import { countPendingApprovals } from '../../../access/approvals/approval.queries.ts';
import { findPeopleNames } from '../../../accounts/people-names.queries.ts';
import { countReveals } from '../../../personal-data/personal-data.queries.ts';
import {
  addDays,
  businessDateOf,
  endOfBusinessDate,
  startOfBusinessDate,
} from '../../../shared/calendar.rules.ts';
import { getTeamReport } from '../../../support-team/team-figures.queries.ts';
import { watchDays } from '../../../watch/watch-span.rules.ts';
import { listComplaints } from '../../../watch/watched-sellers.queries.ts';
import { definePage } from '../../kit/define-page.ts';
import type { SectionsView } from '../../kit/sections.types.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { teamView } from './team.view.rules.ts';

export const teamPage = definePage({
  name: 'support.team',
  path: '/support/team',
  permission: 'support-team:read',
  nav: navIn('team', 'support.team.nav'),
  query: {
    type: 'object',
    properties: { days: { type: 'string', maxLength: 3 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query }) => {
    const days = watchDays.find((one) => String(one) === query.days) ?? 30;
    const { timeZone } = deps.config;
    const through = businessDateOf(deps.clock.now(), timeZone);
    const span = { from: addDays(through, 1 - days), through };
    const report = await getTeamReport(deps, actor, span);
    // Who stands out is judged by the day.
    const reveals = await countReveals(deps, actor, {
      from: startOfBusinessDate(through, timeZone),
      to: endOfBusinessDate(through, timeZone),
    });
    return {
      days,
      span,
      report,
      reveals,
      approvals: await countPendingApprovals(deps, actor),
      complaints: await listComplaints(deps, actor, { days }),
      names: await findPeopleNames(deps, [
        ...report.people.map(({ actor: name }) => name),
        ...reveals.counts.map(({ actor: name }) => name),
      ]),
    };
  },
  view: teamView,
  template: template<SectionsView>('kit/sections'),
});
