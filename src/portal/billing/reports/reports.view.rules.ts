import { reportDefinitions } from '../../../reports/report-definitions.ts';
import { comparisons } from '../../../reports/report-range.rules.ts';
import { reportNames, type ReportRow, type ReportSums } from '../../../reports/report.types.ts';
import { addMonths, monthOf } from '../../../shared/calendar-date.rules.ts';
import type {
  CellView,
  ChartView,
  FilterView,
  HeadView,
  TableView,
  TabsView,
} from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import type { LoadedReport, ReportFigures } from './load-report.ts';
import { alignStarts, chartOf } from './report-chart.rules.ts';
import { MONTHS_TO_CHOOSE, reportHref, writeCursor, type ReportChoice } from './report-query.rules.ts';
import { dayHref, linksOfMonth, linksOfRow, type FigureLinks } from './report-links.rules.ts';
import { columnLabel, rowName } from './report-words.rules.ts';

export interface ReportsView extends PageView, HeadView {
  readonly parts: TabsView;
  readonly filter: FilterView;
  readonly chart?: ChartView | undefined;
  readonly table: TableView;
  readonly pager: { readonly first?: string | undefined; readonly next?: string | undefined };
}

/** A report: what it is of, its course over time, and its rows with the totals of all of them. */
export function reportsView(loaded: LoadedReport, frame: ViewFrame): ReportsView {
  const { choice, figures, compared, hasMore } = loaded;
  const { t } = frame;
  const last = figures.rows.at(-1);
  const { order } = reportDefinitions[choice.report];
  return {
    title: t('billing.reports.title'),
    lead: leadOf(loaded, frame),
    parts: {
      label: t('billing.reports.parts'),
      tabs: reportNames.map((report) => ({
        href: reportHref(choice, { report, grain: undefined, by: undefined }),
        label: t(`billing.reports.report.${report}`),
        isCurrent: report === choice.report,
      })),
    },
    filter: filterOf(loaded, frame),
    chart: figures.starts.length === 0 ? undefined : chartOf(choice, { figures, compared }, frame, timeTable),
    table: choice.by === 'time' ? timeTable(choice, { figures, compared }, frame) : rowTable(loaded, frame),
    pager: {
      first: choice.after && reportHref(choice),
      next:
        hasMore && last
          ? reportHref(choice, { after: writeCursor({ sum: last.sums[order]!, key: last.key }) })
          : undefined,
    },
  };
}

function leadOf({ lastDay, today }: LoadedReport, { t, format }: ViewFrame): string {
  const through =
    lastDay === undefined
      ? t('billing.reports.no-day')
      : t('billing.reports.through', { day: format.date(lastDay) });
  if (!today) return through;
  const facts = {
    count: format.count(today.chargeCount),
    amount: format.money(today.chargedMinor),
    refunded: format.money(today.refundedMinor),
  };
  return `${through}${t('billing.reports.today', facts)}`;
}

function filterOf({ choice, month, isUnknown }: LoadedReport, { t, format }: ViewFrame): FilterView {
  const { grains, dimensions, isOfCarrier } = reportDefinitions[choice.report];
  const newest = choice.through > month ? choice.through : month;
  const months = Array.from({ length: MONTHS_TO_CHOOSE }, (_, back) => addMonths(newest, -back));
  const monthOptions = [...new Set([...months, choice.from, choice.through])]
    .toSorted()
    .toReversed()
    .map((value) => ({ value, label: format.month(value) }));
  const divided = [
    'time' as const,
    ...dimensions.filter((by) => by !== 'group' || choice.grain === 'period'),
  ];
  const rest = { ...choice, company: undefined };
  return {
    action: '/billing/reports',
    kept: { report: choice.report },
    fields: [
      { name: 'from', label: t('billing.reports.from'), value: choice.from, options: monthOptions },
      { name: 'through', label: t('billing.reports.to'), value: choice.through, options: monthOptions },
      {
        name: 'grain',
        label: t('billing.reports.grain'),
        value: choice.grain,
        options: grains.map((value) => ({ value, label: t(`billing.reports.grain.${value}`) })),
      },
      {
        name: 'by',
        label: t('billing.reports.by'),
        value: choice.by,
        options: divided.map((value) => ({ value, label: t(`billing.reports.by.${value}`) })),
      },
      {
        name: 'compare',
        label: t('billing.reports.compare'),
        value: choice.compare ?? '',
        options: ['', ...comparisons].map((value) => ({
          value,
          label: t(
            value === '' ? 'billing.reports.compare.none' : `billing.reports.compare.${value as 'previous'}`,
          ),
        })),
      },
      ...(isOfCarrier
        ? []
        : [{ name: 'company', label: t('billing.reports.company'), value: choice.company ?? '' }]),
    ],
    active:
      choice.company === undefined
        ? []
        : [{ href: reportHref(rest), label: t('billing.reports.of-company', { code: choice.company }) }],
    clearHref: '/billing/reports',
    found: isUnknown
      ? t('billing.reports.unknown', { code: choice.company ?? '' })
      : t('billing.reports.found', { from: format.month(choice.from), to: format.month(choice.through) }),
    download: { href: reportHref(choice, {}, '/billing/reports/csv'), label: t('billing.reports.csv') },
  };
}

type Both = { readonly figures: ReportFigures; readonly compared: ReportFigures | undefined };

/** A row of the table: its name, its sums and those it is compared with. */
interface Line {
  readonly name: CellView;
  readonly sums: ReportSums;
  readonly before: ReportSums | undefined;
  /** To the pages behind its figures. */
  readonly links?: FigureLinks | undefined;
}

/** Rows of days or months; those before stand beside them by their place in the range. */
export function timeTable(choice: ReportChoice, { figures, compared }: Both, frame: ViewFrame): TableView {
  const before = alignStarts(choice, compared);
  const lines = figures.starts.map(({ startsOn, sums }): Line => ({
    name: startCell(choice, startsOn, frame),
    sums,
    before: before && (before.get(startsOn) ?? {}),
    links: linksOfMonth(choice, startsOn, frame.can),
  }));
  return tableOf(choice, { lines, head: 'time', figures, compared }, frame);
}

function rowTable({ choice, figures, compared }: LoadedReport, frame: ViewFrame): TableView {
  const { by } = choice;
  if (by === 'time') return timeTable(choice, { figures, compared }, frame);
  const before = new Map(compared?.rows.map(({ key, sums }) => [key, sums]));
  const lines = figures.rows.map((row): Line => ({
    name: nameCell(choice, row, frame),
    sums: row.sums,
    before: compared && (before.get(row.key) ?? {}),
    links: linksOfRow(choice, row, frame.can),
  }));
  return tableOf(choice, { lines, head: by, figures, compared }, frame);
}

/** A company leads to its services; a service names its company. */
function nameCell(choice: ReportChoice, row: ReportRow, { language, t }: ViewFrame): CellView {
  const by = choice.by === 'time' ? 'company' : choice.by;
  const text = rowName(row, { by, language, t });
  if (by === 'company' && row.code !== null) {
    const isDivisible = reportDefinitions[choice.report].dimensions.includes('service');
    const href = reportHref(choice, { company: row.code, by: isDivisible ? 'service' : 'time' });
    return { text, href, note: row.code };
  }
  const company = language === 'ja' ? row.companyName : row.companyNameEn;
  return company === null ? text : { text, note: company };
}

/** A month leads to what its figures are the sums of: by company, or by service where one company is asked for; a day to its journal. */
function startCell(choice: ReportChoice, startsOn: string, frame: ViewFrame): CellView {
  const text = startName(choice, startsOn, frame);
  const { dimensions } = reportDefinitions[choice.report];
  const by = dimensions.find((dimension) => (choice.company === undefined) === (dimension === 'company'));
  if (choice.grain === 'day') {
    const href = dayHref(choice, startsOn, frame.can);
    return href === undefined ? text : { text, href };
  }
  if (by === undefined) return text;
  const month = monthOf(startsOn);
  return { text, href: reportHref(choice, { from: month, through: month, by, compare: undefined }) };
}

function startName({ grain }: ReportChoice, startsOn: string, { format }: ViewFrame): string {
  return grain === 'day' ? format.date(startsOn) : format.month(monthOf(startsOn));
}

/** A table has no room for everything. */
const IN_FILE_ONLY = new Set(['returnedCount']);

interface TableLines extends Both {
  readonly lines: readonly Line[];
  readonly head: ReportChoice['by'];
}

function tableOf(
  choice: ReportChoice,
  { lines, head, figures, compared }: TableLines,
  frame: ViewFrame,
): TableView {
  const { t } = frame;
  const { columns, order } = reportDefinitions[choice.report];
  const names = Object.keys(columns).filter((name) => !IN_FILE_ONLY.has(name));
  const cells = (
    sums: ReportSums,
    before: ReportSums | undefined,
    links: FigureLinks = {},
  ): (string | { readonly text: string; readonly href: string })[] =>
    names.flatMap((name) => {
      const value = valueText(name, sums[name] ?? 0n, frame);
      const href = sums[name] ? links[name] : undefined;
      const text = href === undefined ? value : { text: value, href };
      return name === order && compared
        ? [
            text,
            valueText(name, before?.[name] ?? 0n, frame),
            changeText(sums[name] ?? 0n, before?.[name] ?? 0n, t),
          ]
        : [text];
    });
  return {
    caption: t(head === 'time' ? `billing.reports.caption.${choice.grain}` : 'billing.reports.caption.by', {
      by: withinSentence(t(`billing.reports.by.${head}`), frame.language),
    }),
    isDense: true,
    isWide: true,
    columns: [
      {
        label: t(head === 'time' ? 'billing.reports.column.startsOn' : `billing.reports.by.${head}`),
        isLong: true,
      },
      ...names.flatMap((name) => [
        { label: columnLabel(t, choice.report, name), isNumber: true },
        ...(name === order && compared
          ? [
              { label: t(`billing.reports.before.${choice.compare!}`), isNumber: true },
              { label: t('billing.reports.change'), isNumber: true },
            ]
          : []),
      ]),
    ],
    rows: lines.map(({ name, sums, before, links }) => ({ cells: [name, ...cells(sums, before, links)] })),
    foot: [t('billing.reports.total'), ...cells(figures.total, compared?.total)],
    empty: { title: t('billing.reports.empty.title'), text: t('billing.reports.empty.text') },
  };
}

/** An amount or a number, by the name of its column. */
export function valueText(name: string, value: bigint, { format }: ViewFrame): string {
  return name.endsWith('Minor') ? format.money(value) : format.count(value);
}

const withinSentence = (label: string, language: ViewFrame['language']) =>
  language === 'en' ? label.toLowerCase() : label;

/** How much more or less than before, in tenths of a percent; nothing to compare with shows a dash. */
function changeText(now: bigint, before: bigint, t: ViewFrame['t']): string {
  if (before <= 0n) return t('billing.reports.no-change');
  const difference = now < before ? before - now : now - before;
  const tenths = (difference * 2_000n + before) / (before * 2n);
  const sign = tenths === 0n ? '±' : now < before ? '−' : '+';
  return `${sign}${tenths / 10n}.${tenths % 10n}%`;
}
