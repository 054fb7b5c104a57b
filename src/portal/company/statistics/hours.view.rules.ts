import type { OwnService } from '../../../companies/own-company.queries.ts';
import type { HourOfSales } from '../../../reports/hours-of-company.queries.ts';
import { chartSource, columnChart } from '../../kit/column-chart.rules.ts';
import type { ChartView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { nameIn } from '../company-links.rules.ts';
import type { ChartedView } from '../list.types.ts';
import { figureTabs } from './statistics.view.rules.ts';

interface LoadedHours {
  /** The days of the week, oldest first. */
  readonly dates: readonly string[];
  readonly today: string;
  readonly isUnread: boolean;
  readonly services: readonly OwnService[];
  /** Undefined where there is too much to read. */
  readonly hours: readonly HourOfSales[] | undefined;
}

/** A week by hour of the day, by kind and by service. */
export function hoursView(loaded: LoadedHours, frame: ViewFrame): ChartedView {
  const { dates, isUnread, hours } = loaded;
  const { t, format } = frame;
  const [first = '', last = ''] = [dates.at(0), dates.at(-1)];
  return {
    title: t('company.statistics.hours-title'),
    lead: t('company.statistics.week', { from: format.date(first), to: format.date(last) }),
    banners: [
      ...(isUnread ? [{ tone: 'warn' as const, text: t('company.statistics.fault-date') }] : []),
      ...(hours ? [] : [{ tone: 'info' as const, text: t('company.statistics.too-many') }]),
    ],
    parts: figureTabs(frame, 'hours'),
    filter: {
      action: '/company/statistics/hours',
      fields: [{ name: 'day', label: t('company.statistics.week-ends'), value: last, type: 'date' }],
      active: [],
      clearHref: '/company/statistics/hours',
      found: '',
      submit: t('company.statistics.show'),
      download: { href: `/company/statistics/hours.csv?day=${last}`, label: t('company.csv') },
    },
    chart: hours && hours.length > 0 ? chartOf(hours, frame) : undefined,
    tables: hours
      ? [
          { id: 'kinds', title: t('company.statistics.by-kind'), table: kindTable(hours, frame) },
          { id: 'services', title: t('company.statistics.by-service'), table: servicesTable(loaded, frame) },
          { id: 'hours', title: t('company.statistics.by-hour'), table: hourTable(hours, frame) },
        ]
      : [],
    pager: {},
  };
}

interface Group {
  readonly count: number;
  readonly minor: bigint;
}

const sumOf = (hours: readonly HourOfSales[]): Group =>
  hours.reduce(
    (sum, { chargeCount, chargedMinor }) => ({
      count: sum.count + chargeCount,
      minor: sum.minor + chargedMinor,
    }),
    { count: 0, minor: 0n },
  );

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const ofHour = (hours: readonly HourOfSales[], hour: number) =>
  sumOf(hours.filter((one) => one.hour === hour));

function chartOf(hours: readonly HourOfSales[], frame: ViewFrame): ChartView {
  const { t, format } = frame;
  const sums = HOURS.map((hour) => ofHour(hours, hour));
  const most = sums.reduce((top, { minor }, hour) => (minor > sums[top]!.minor ? hour : top), 0);
  return {
    title: t('company.statistics.hours-chart'),
    alt: t('company.statistics.chart-alt', {
      most: t('company.today.hour', { hour: most }),
      amount: format.money(sums[most]!.minor),
    }),
    src: chartSource(
      columnChart(
        sums.map(({ minor }, hour) => ({
          label: hour % 3 === 0 ? String(hour) : '',
          value: minor,
          text: '',
        })),
      ),
    ),
    table: hourTable(hours, frame),
  };
}

interface NamedGroup extends Group {
  readonly name: string;
}

function groupsTable(
  groups: readonly NamedGroup[],
  { head, caption, total }: { readonly head: string; readonly caption: string; readonly total: Group },
  { t, format }: ViewFrame,
): TableView {
  return {
    caption,
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: head },
      { label: t('company.statistics.column.chargeCount'), isNumber: true },
      { label: t('company.statistics.column.chargedMinor'), isNumber: true },
    ],
    rows: groups.map(({ name, count, minor }) => ({
      cells: [name, format.count(count), format.money(minor)],
    })),
    foot: [t('company.total'), format.count(total.count), format.money(total.minor)],
    empty: { title: t('company.statistics.empty'), text: t('company.statistics.empty-week') },
  };
}

function hourTable(hours: readonly HourOfSales[], frame: ViewFrame): TableView {
  const { t } = frame;
  const groups = HOURS.map((hour) => ({ name: t('company.today.hour', { hour }), ...ofHour(hours, hour) }));
  const words = { head: t('company.today.hour-column'), caption: t('company.statistics.by-hour') };
  return groupsTable(hours.length === 0 ? [] : groups, { ...words, total: sumOf(hours) }, frame);
}

function kindTable(hours: readonly HourOfSales[], frame: ViewFrame): TableView {
  const { t } = frame;
  const groups = [...Map.groupBy(hours, ({ kind }) => kind)].map(([kind, of]) => ({
    name: t(`company.charge.kind.${kind}`),
    ...sumOf(of),
  }));
  const words = { head: t('company.charge.kind'), caption: t('company.statistics.by-kind') };
  return groupsTable(groups.toSorted(largest), { ...words, total: sumOf(hours) }, frame);
}

function servicesTable({ hours = [], services }: LoadedHours, frame: ViewFrame): TableView {
  const { t } = frame;
  const names = new Map(services.map((service) => [service.id, nameIn(service, frame)]));
  const groups = [...Map.groupBy(hours, ({ serviceId }) => serviceId)].map(([id, of]) => ({
    name: names.get(id) ?? '',
    ...sumOf(of),
  }));
  const words = { head: t('company.charge.service'), caption: t('company.statistics.by-service') };
  return groupsTable(groups.toSorted(largest), { ...words, total: sumOf(hours) }, frame);
}

const largest = (one: Group, other: Group) => (one.minor > other.minor ? -1 : 1);
