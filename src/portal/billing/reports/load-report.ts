import type { Actor } from '../../../access/actor.ts';
import { comparedRange } from '../../../reports/report-range.rules.ts';
import { findReportTotal, listReportRows, listReportStarts } from '../../../reports/report.queries.ts';
import type { ReportRow, ReportStart, ReportSums } from '../../../reports/report.types.ts';
import { findLastDay, findToday, type Today } from '../../../reports/today.queries.ts';
import type { ServiceDeps } from '../../../service-deps.ts';
import { businessDateOf, monthOf } from '../../../shared/calendar.rules.ts';
import { Problem } from '../../../shared/problem.ts';
import { readReport, scopeOf, type ReportChoice, type ReportQuery } from './report-query.rules.ts';

/** Rows of a page. */
export const REPORT_ROWS = 50;

/** The figures of a choice, or of what it is compared with. */
export interface ReportFigures {
  readonly total: ReportSums;
  readonly starts: readonly ReportStart[];
  readonly rows: readonly ReportRow[];
}

/** What the page of reports shows. */
export interface LoadedReport {
  readonly choice: ReportChoice;
  /** The newest month that can be chosen. */
  readonly month: string;
  readonly lastDay: string | undefined;
  /** Without a company: today's sums are of all. */
  readonly today: Today | undefined;
  readonly figures: ReportFigures;
  readonly hasMore: boolean;
  readonly compared: ReportFigures | undefined;
  /** There is no company of the code that was asked for. */
  readonly isUnknown: boolean;
}

const NOTHING: ReportFigures = { total: {}, starts: [], rows: [] };

/** Reads a report, and what it is compared with. Each of its reads is bounded: of rows one page, of days three months. */
export async function loadReport(
  deps: ServiceDeps,
  { actor, query }: { readonly actor: Actor; readonly query: ReportQuery },
): Promise<LoadedReport> {
  const month = monthOf(businessDateOf(deps.clock.now(), deps.config.timeZone));
  const choice = readReport(query, month);
  const isOfAll = choice.report === 'sales' && choice.company === undefined;
  const [lastDay, today] = [
    await findLastDay(deps, actor),
    isOfAll ? await findToday(deps, actor) : undefined,
  ];
  const frame = { choice, month, lastDay, today };
  try {
    const { rows, ...figures } = await readFigures(deps, actor, choice);
    const shown = rows.slice(0, REPORT_ROWS);
    const compared = choice.compare && (await readCompared(deps, actor, choice, shown));
    return {
      ...frame,
      figures: { ...figures, rows: shown },
      hasMore: rows.length > REPORT_ROWS,
      compared,
      isUnknown: false,
    };
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'company-not-found')) throw error;
    return { ...frame, figures: NOTHING, hasMore: false, compared: undefined, isUnknown: true };
  }
}

async function readFigures(deps: ServiceDeps, actor: Actor, choice: ReportChoice): Promise<ReportFigures> {
  const scope = scopeOf(choice);
  const { by, after } = choice;
  return {
    total: await findReportTotal(deps, actor, scope),
    starts: await listReportStarts(deps, actor, scope),
    rows:
      by === 'time' ? [] : await listReportRows(deps, actor, scope, { by, after, limit: REPORT_ROWS + 1 }),
  };
}

/** The same rows at the time before. */
async function readCompared(
  deps: ServiceDeps,
  actor: Actor,
  choice: ReportChoice,
  shown: readonly ReportRow[],
): Promise<ReportFigures> {
  const scope = scopeOf(choice);
  const before = { ...scope, ...comparedRange(scope, choice.compare!) };
  const keys = shown.map(({ key }) => key);
  const { by } = choice;
  return {
    total: await findReportTotal(deps, actor, before),
    starts: await listReportStarts(deps, actor, before),
    rows: by === 'time' ? [] : await listReportRows(deps, actor, before, { by, limit: REPORT_ROWS, keys }),
  };
}
