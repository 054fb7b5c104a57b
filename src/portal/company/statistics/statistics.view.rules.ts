import { startsOf } from '../../../reports/report-range.rules.ts';
import type { ReportRow, ReportSums } from '../../../reports/report.types.ts';
import { addMonths, monthOf } from '../../../shared/calendar-date.rules.ts';
import { chartSource, columnChart } from '../../kit/column-chart.rules.ts';
import type { ChartView, FilterView, TableView, TabsView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { ChartedView } from '../list.types.ts';
import {
  MONTHS_TO_CHOOSE,
  scopeOf,
  statisticsDivisions,
  statisticsGrains,
  statisticsHref,
  writeCursor,
  type StatisticsChoice,
} from './statistics-query.rules.ts';
import type { LoadedStatistics } from './statistics.pages.ts';

/** The pages of figures. */
export function figureTabs({ t }: Pick<ViewFrame, 't'>, current: 'sales' | 'hours'): TabsView {
  return {
    label: t('company.statistics.parts'),
    tabs: [
      {
        href: '/company/statistics',
        label: t('company.statistics.part.sales'),
        isCurrent: current === 'sales',
      },
      {
        href: '/company/statistics/hours',
        label: t('company.statistics.part.hours'),
        isCurrent: current === 'hours',
      },
    ],
  };
}

/** Sums as columns, in the order of the table and the file. */
export const salesColumns = [
  'chargeCount',
  'chargedMinor',
  'refundCount',
  'refundedMinor',
  'netMinor',
] as const;

/** Sales of a time as a picture and a table; beside each day or month the one before. */
export function statisticsView(loaded: LoadedStatistics, frame: ViewFrame): ChartedView {
  const { choice, lastDay, starts, rows, hasMore, total } = loaded;
  const { t, format } = frame;
  const last = rows.at(-1);
  return {
    title: t('company.statistics.title'),
    lead:
      lastDay === undefined
        ? t('company.statistics.no-day')
        : t('company.statistics.through', { day: format.date(lastDay) }),
    parts: figureTabs(frame, 'sales'),
    filter: filterOf(loaded, frame),
    chart: starts.length === 0 ? undefined : chartOf(loaded, frame),
    tables: [
      {
        id: 'table',
        title: t(
          choice.by === 'time' ? `company.statistics.by-${choice.grain}` : 'company.statistics.by-service',
        ),
        table: choice.by === 'time' ? timeTable(loaded, frame) : serviceTable(rows, total, frame),
      },
    ],
    pager: {
      first: choice.after && statisticsHref(choice),
      next:
        hasMore && last
          ? statisticsHref(choice, { after: writeCursor({ sum: last.sums['chargedMinor']!, key: last.key }) })
          : undefined,
    },
  };
}

function filterOf({ choice, month }: LoadedStatistics, { t, format }: ViewFrame): FilterView {
  const newest = choice.through > month ? choice.through : month;
  const months = Array.from({ length: MONTHS_TO_CHOOSE }, (_, back) => addMonths(newest, -back));
  const options = [...new Set([...months, choice.from, choice.through])]
    .toSorted()
    .toReversed()
    .map((value) => ({ value, label: format.month(value) }));
  return {
    action: '/company/statistics',
    fields: [
      { name: 'from', label: t('company.statistics.from'), value: choice.from, options },
      { name: 'through', label: t('company.statistics.to'), value: choice.through, options },
      {
        name: 'grain',
        label: t('company.statistics.grain'),
        value: choice.grain,
        options: statisticsGrains.map((value) => ({ value, label: t(`company.statistics.grain.${value}`) })),
      },
      {
        name: 'by',
        label: t('company.statistics.by'),
        value: choice.by,
        options: statisticsDivisions.map((value) => ({ value, label: t(`company.statistics.by.${value}`) })),
      },
    ],
    active: [],
    clearHref: '/company/statistics',
    found: t('company.statistics.found', {
      from: format.month(choice.from),
      to: format.month(choice.through),
    }),
    download: { href: statisticsHref(choice, {}, '/company/statistics.csv'), label: t('company.csv') },
  };
}

/** The sums of each start of the range before, at the same place. */
function alignedBefore({ choice, before, beforeRange }: LoadedStatistics): ReadonlyMap<string, ReportSums> {
  const sums = new Map(before.map((start) => [start.startsOn, start.sums]));
  const earlier = startsOf(beforeRange);
  return new Map(
    startsOf(scopeOf(choice)).map((startsOn, index) => [startsOn, sums.get(earlier[index] ?? '') ?? {}]),
  );
}

/** Columns that have room for a label each. */
const MAX_LABELLED = 16;

function chartOf(loaded: LoadedStatistics, frame: ViewFrame): ChartView {
  const { choice, starts } = loaded;
  const { t, format } = frame;
  const before = alignedBefore(loaded);
  const sums = new Map(starts.map((start) => [start.startsOn, start.sums]));
  const end = loaded.lastDay ?? starts.at(-1)!.startsOn;
  const shown = startsOf(scopeOf(choice)).filter((startsOn) => startsOn <= end);
  const every = Math.ceil(shown.length / MAX_LABELLED);
  const valueOf = (startsOn: string) => sums.get(startsOn)?.['chargedMinor'] ?? 0n;
  const most = shown.reduce(
    (top, startsOn) => (valueOf(startsOn) > valueOf(top) ? startsOn : top),
    shown[0]!,
  );
  return {
    title: t('company.statistics.chart'),
    alt: t('company.statistics.chart-alt', {
      most: startName(choice, most, frame),
      amount: format.money(valueOf(most)),
    }),
    src: chartSource(
      columnChart(
        shown.map((startsOn, index) => ({
          label: index % every === 0 ? shortName(choice, startsOn) : '',
          value: valueOf(startsOn),
          text: '',
          before: before.get(startsOn)?.['chargedMinor'] ?? 0n,
        })),
      ),
    ),
    table: timeTable(loaded, frame),
  };
}

const shortName = ({ grain }: StatisticsChoice, startsOn: string) =>
  grain === 'day'
    ? `${Number(startsOn.slice(5, 7))}/${Number(startsOn.slice(8))}`
    : startsOn.slice(0, 7).replace('-', '/');

function startName({ grain }: StatisticsChoice, startsOn: string, { format }: ViewFrame): string {
  return grain === 'day' ? format.date(startsOn) : format.month(monthOf(startsOn));
}

const columnsOf = ({ t }: ViewFrame) =>
  salesColumns.map((name) => ({ label: t(`company.statistics.column.${name}`), isNumber: true }));

const cellsOf = (sums: ReportSums, { format }: ViewFrame) =>
  salesColumns.map((name) =>
    name.endsWith('Minor') ? format.money(sums[name] ?? 0n) : format.count(sums[name] ?? 0n),
  );

const EMPTY = (t: ViewFrame['t']) => ({
  title: t('company.statistics.empty'),
  text: t('company.statistics.empty-text'),
});

function timeTable(loaded: LoadedStatistics, frame: ViewFrame): TableView {
  const { choice, starts, total, before } = loaded;
  const { t, format } = frame;
  const earlier = alignedBefore(loaded);
  const thenSum = before.reduce((sum, { sums }) => sum + (sums['chargedMinor'] ?? 0n), 0n);
  return {
    caption: t(`company.statistics.by-${choice.grain}`),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [
      { label: t(`company.statistics.grain.${choice.grain}`) },
      ...columnsOf(frame),
      { label: t('company.statistics.before'), isNumber: true },
    ],
    rows: starts.map(({ startsOn, sums }) => ({
      cells: [
        startName(choice, startsOn, frame),
        ...cellsOf(sums, frame),
        format.money(earlier.get(startsOn)?.['chargedMinor'] ?? 0n),
      ],
    })),
    foot: [t('company.total'), ...cellsOf(total, frame), format.money(thenSum)],
    empty: EMPTY(t),
  };
}

function serviceTable(rows: readonly ReportRow[], total: ReportSums, frame: ViewFrame): TableView {
  const { t, language } = frame;
  return {
    caption: t('company.statistics.by-service'),
    isCaptionUnseen: true,
    isDense: true,
    isWide: true,
    columns: [{ label: t('company.charge.service'), isLong: true }, ...columnsOf(frame)],
    rows: rows.map((row) => ({
      cells: [
        {
          text: (language === 'ja' ? row.name : row.nameEn) ?? row.key,
          ...(row.code !== null && { note: row.code }),
        },
        ...cellsOf(row.sums, frame),
      ],
    })),
    foot: [t('company.total'), ...cellsOf(total, frame)],
    empty: EMPTY(t),
  };
}
