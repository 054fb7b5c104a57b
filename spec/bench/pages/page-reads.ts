import { getAging } from '../../../src/collections/aging.queries.ts';
import { comparedRange } from '../../../src/reports/report-range.rules.ts';
import { findReportTotal, listReportRows, listReportStarts } from '../../../src/reports/report.queries.ts';
import type { Dimension, ReportScope } from '../../../src/reports/report.types.ts';
import { findToday } from '../../../src/reports/today.queries.ts';
import type { Deps } from '../../../src/deps.ts';
import { getWatchedCompany, listFlaggedSellers } from '../../../src/watch/watched-sellers.queries.ts';
import { staff, userOf } from '../../support/actors.ts';

/** What a page reads from the database. A new page's reads are more entries of `pageReads`. */
export type PageRead = (deps: Deps) => Promise<unknown>;

const carrier = staff('bench', 'billing');
const auditor = staff('bench', 'auditor');
const owner = userOf(7, 'owner');
const year: ReportScope = { report: 'sales', grain: 'month', from: '2025-01-01', through: '2026-01-01' };
const period: ReportScope = { ...year, grain: 'period' };
const month: ReportScope = { report: 'sales', grain: 'day', from: '2025-12-01', through: '2025-12-31' };
const LIMIT = 51;

const rows =
  (scope: ReportScope, by: Dimension): PageRead =>
  (deps) =>
    listReportRows(deps, carrier, scope, { by, limit: LIMIT });

/** The reads of the pages of reports, of aging and of the watch, by name; each has 100 ms. */
export const pageReads: Readonly<Record<string, PageRead>> = {
  'sales of 13 months, total': (deps) => findReportTotal(deps, carrier, year),
  'sales of 13 months, by month': (deps) => listReportStarts(deps, carrier, year),
  'sales of 13 months, by company': rows(year, 'company'),
  'sales of 13 months, by service': rows(year, 'service'),
  'sales of 13 months, by channel': rows(year, 'channel'),
  'sales of 13 months, by tariff': rows(year, 'tariff'),
  'sales of 13 billing months, by closing group': rows(period, 'group'),
  'sales of 13 billing months, by company': rows(period, 'company'),
  'the year before, by month': (deps) =>
    listReportStarts(deps, carrier, { ...year, ...comparedRange(year, 'last-year') }),
  'sales of a month, by day': (deps) => listReportStarts(deps, carrier, month),
  'sales of a month of days, by company': rows(month, 'company'),
  'sales of 24 months, by month': (deps) => listReportStarts(deps, carrier, { ...year, from: '2024-02-01' }),
  'losses of 13 months, by company': rows({ ...year, report: 'losses' }, 'company'),
  'collection of 13 months, by month': (deps) =>
    listReportStarts(deps, carrier, { ...year, report: 'collection' }),
  'subscriptions of 13 months, by service': rows({ ...year, report: 'subscriptions' }, 'service'),
  'fees of 13 months, by company': rows({ ...period, report: 'fees' }, 'company'),
  'fees of 13 months, by month': (deps) => listReportStarts(deps, carrier, { ...period, report: 'fees' }),
  'sales of a company, 13 months': (deps) => listReportStarts(deps, owner, year),
  'sales of a company, by service': (deps) =>
    listReportRows(deps, owner, year, { by: 'service', limit: LIMIT }),
  'today, all companies': (deps) => findToday(deps, carrier),
  'today, of a company': (deps) => findToday(deps, owner),
  'aging of what is open': (deps) => getAging(deps, auditor),
  'watch, 30 days': (deps) => listFlaggedSellers(deps, auditor, { days: 30 }),
  'watch, 90 days': (deps) => listFlaggedSellers(deps, auditor, { days: 90 }),
  'watch, a company': (deps) => getWatchedCompany(deps, auditor, { companyCode: 'company-7', days: 30 }),
};
