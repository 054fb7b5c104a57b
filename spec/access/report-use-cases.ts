import { findReportTotal, listReportRows, listReportStarts } from '../../src/reports/report.queries.ts';
import type { ReportScope } from '../../src/reports/report.types.ts';
import { findLastDay, findToday } from '../../src/reports/today.queries.ts';
import type { UseCaseRow } from './use-case-table.ts';

const scope: ReportScope = { report: 'sales', grain: 'month', from: '2026-05-01', through: '2026-05-01' };
/** People of companies read the sums of their own company. */
const rule = '--- ++- ------ -+++-+ -';

/** Use cases of reports. The columns are those of use-case-table.ts. */
export const reportUseCases: Readonly<Record<string, UseCaseRow>> = {
  findReportTotal: { rule, run: (tx, actor) => findReportTotal(tx, actor, scope) },
  listReportStarts: { rule, run: (tx, actor) => listReportStarts(tx, actor, scope) },
  listReportRows: {
    rule,
    run: (tx, actor) => listReportRows(tx, actor, scope, { by: 'company', limit: 1 }),
  },
  findToday: { rule, run: (tx, actor) => findToday(tx, actor) },
  findLastDay: { rule, run: (tx, actor) => findLastDay(tx, actor) },
};
