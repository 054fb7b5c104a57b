import { reportDefinitions } from '../../../reports/report-definitions.ts';
import { comparedRange, startsOf } from '../../../reports/report-range.rules.ts';
import type { ReportSums } from '../../../reports/report.types.ts';
import { monthOf } from '../../../shared/calendar-date.rules.ts';
import { chartSource, columnChart, type ChartColumn } from '../../kit/column-chart.rules.ts';
import type { ChartView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { ReportFigures } from './load-report.ts';
import { scopeOf, type ReportChoice } from './report-query.rules.ts';
import { columnLabel } from './report-words.rules.ts';

/** Columns that have room for a figure each. */
const MAX_LABELLED = 16;

/** What each start is compared with: the one at the same place of the range before. Undefined when nothing is compared. */
export function alignStarts(
  choice: ReportChoice,
  compared: ReportFigures | undefined,
): ReadonlyMap<string, ReportSums> | undefined {
  if (!compared || !choice.compare) return undefined;
  const scope = scopeOf(choice);
  const before = startsOf(comparedRange(scope, choice.compare));
  const sums = new Map(compared.starts.map((start) => [start.startsOn, start.sums]));
  return new Map(startsOf(scope).map((startsOn, index) => [startsOn, sums.get(before[index] ?? '') ?? {}]));
}

type Both = { readonly figures: ReportFigures; readonly compared: ReportFigures | undefined };

/** The course of the main column, from the first to the last start that has something; its table has the same figures. */
export function chartOf(
  choice: ReportChoice,
  both: Both,
  frame: ViewFrame,
  tableOf: (choice: ReportChoice, both: Both, frame: ViewFrame) => TableView,
): ChartView {
  const { t } = frame;
  const { order } = reportDefinitions[choice.report];
  const title = columnLabel(t, choice.report, order);
  const columns = columnsOf(choice, both, frame);
  const most = columns.reduce((top, column) => (column.value > top.value ? column : top));
  return {
    title: choice.compare
      ? t('billing.reports.chart.compared', { title, before: t(`billing.reports.before.${choice.compare}`) })
      : t('billing.reports.chart', { title }),
    alt: t('billing.reports.chart.alt', { title, most: most.name, value: most.whole }),
    src: chartSource(columnChart(columns)),
    table: tableOf(choice, both, frame),
  };
}

type NamedColumn = ChartColumn & { readonly name: string; readonly whole: string };

function columnsOf(choice: ReportChoice, { figures, compared }: Both, frame: ViewFrame): NamedColumn[] {
  const { order } = reportDefinitions[choice.report];
  const before = alignStarts(choice, compared);
  const sums = new Map(figures.starts.map((start) => [start.startsOn, start.sums]));
  const [first = '', last = ''] = [figures.starts.at(0)?.startsOn, figures.starts.at(-1)?.startsOn];
  const starts = startsOf(scopeOf(choice)).filter((startsOn) => startsOn >= first && startsOn <= last);
  const every = Math.ceil(starts.length / MAX_LABELLED);
  return starts.map((startsOn, index) => {
    const value = sums.get(startsOn)?.[order] ?? 0n;
    const then = before?.get(startsOn)?.[order];
    return {
      value,
      name: choice.grain === 'day' ? frame.format.date(startsOn) : frame.format.month(monthOf(startsOn)),
      whole: order.endsWith('Minor') ? frame.format.money(value) : frame.format.count(value),
      label: index % every === 0 ? startLabel(choice, startsOn, frame) : '',
      text: every === 1 ? shortText(value, frame) : '',
      ...(before && { before: then ?? 0n }),
    };
  });
}

function startLabel({ grain }: ReportChoice, startsOn: string, { language }: ViewFrame): string {
  const [year = '', month = '', day = ''] = startsOn.split('-');
  if (grain === 'day') return `${Number(month)}/${Number(day)}`;
  if (month !== '01')
    return language === 'ja' ? `${Number(month)}月` : (ENGLISH_MONTHS[Number(month) - 1] ?? '');
  return language === 'ja' ? `${year}年1月` : `Jan ${year}`;
}

const ENGLISH_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Short enough to stand over a column: 1,234万, 12.3M. */
function shortText(value: bigint, { language }: ViewFrame): string {
  return new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-US', {
    notation: 'compact',
    maximumSignificantDigits: 4,
  }).format(value);
}
