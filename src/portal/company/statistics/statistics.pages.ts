import type { Actor } from '../../../access/actor.ts';
import { listOwnServices } from '../../../companies/own-company.queries.ts';
import { listHoursOfCompany } from '../../../reports/hours-of-company.queries.ts';
import { comparedRange } from '../../../reports/report-range.rules.ts';
import { findReportTotal, listReportRows, listReportStarts } from '../../../reports/report.queries.ts';
import { findLastDay } from '../../../reports/today.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';
import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import type { ChartedView } from '../list.types.ts';
import { hoursView } from './hours.view.rules.ts';
import {
  readStatistics,
  readWeek,
  scopeOf,
  statisticsQuery,
  type StatisticsQuery,
} from './statistics-query.rules.ts';
import { statisticsView } from './statistics.view.rules.ts';

const ROWS = 50;

/** Reads the sums of a choice and of the time before. Each of its reads is bounded: of rows one page, of days three months. */
async function loadStatistics(
  deps: ServiceDeps,
  { actor, query }: { readonly actor: Actor; readonly query: StatisticsQuery },
) {
  const month = monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone));
  const choice = readStatistics(query, month);
  const scope = scopeOf(choice);
  const before = { ...scope, ...comparedRange(scope, 'previous') };
  const rows =
    choice.by === 'time'
      ? []
      : await listReportRows(deps, actor, scope, { by: 'service', after: choice.after, limit: ROWS + 1 });
  return {
    choice,
    month,
    lastDay: await findLastDay(deps, actor),
    total: await findReportTotal(deps, actor, scope),
    starts: await listReportStarts(deps, actor, scope),
    rows: rows.slice(0, ROWS),
    hasMore: rows.length > ROWS,
    before: await listReportStarts(deps, actor, before),
    beforeRange: before,
  };
}

export type LoadedStatistics = Awaited<ReturnType<typeof loadStatistics>>;

/** Sales by day or month, and by service. */
export const statisticsPage = definePage({
  name: 'company.statistics',
  path: '/company/statistics',
  permission: 'reports:read',
  nav: navIn('statistics', 'company.statistics.nav'),
  query: statisticsQuery,
  load: loadStatistics,
  view: statisticsView,
  template: template<ChartedView>('company/charted'),
});

/** A week by hour of the day and by kind. */
export const hoursPage = definePage({
  name: 'company.hours',
  path: '/company/statistics/hours',
  permission: 'reports:read',
  query: {
    type: 'object',
    properties: { day: { type: 'string', maxLength: 20 } },
    additionalProperties: false,
  } as const,
  load: async (deps, { actor, query: { day } }) => {
    const today = businessDateOf(deps.clock.now(), deps.config.timeZone);
    const { dates, isUnread } = readWeek(day, today);
    return {
      dates,
      today,
      isUnread,
      services: await listOwnServices(deps, actor),
      hours: await listHoursOfCompany(deps, actor, dates),
    };
  },
  view: hoursView,
  template: template<ChartedView>('company/charted'),
});
