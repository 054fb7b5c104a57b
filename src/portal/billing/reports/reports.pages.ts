import { definePage } from '../../kit/define-page.ts';
import { template } from '../../kit/template.ts';
import { navIn } from '../area.ts';
import { loadReport } from './load-report.ts';
import { reportQuery } from './report-query.rules.ts';
import { reportsView, type ReportsView } from './reports.view.rules.ts';

/** Sales, fees, losses, collection and subscriptions by time, and by what people ask for. */
export const reportsPage = definePage({
  name: 'billing.reports',
  path: '/billing/reports',
  permission: 'reports:read',
  nav: navIn('reports', 'billing.reports.nav'),
  query: reportQuery,
  load: loadReport,
  view: reportsView,
  template: template<ReportsView>('billing/reports'),
});
