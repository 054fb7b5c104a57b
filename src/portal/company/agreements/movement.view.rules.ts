import type { ReportStart, ReportSums } from '../../../reports/report.types.ts';
import { addMonths, monthOf } from '../../../shared/calendar-date.rules.ts';
import type { ComingDue } from '../../../subscriptions/coming-dues.queries.ts';
import { chartSource, columnChart } from '../../kit/column-chart.rules.ts';
import type { ChartView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { ChartedView } from '../list.types.ts';
import { agreementTabs } from './agreement-words.rules.ts';

interface LoadedMovement {
  readonly month: string;
  readonly starts: readonly ReportStart[];
  readonly total: ReportSums;
  /** Undefined where they are too many. */
  readonly coming: readonly ComingDue[] | undefined;
}

/** Subscriptions by month: joined, left, there at its end, and what share left. */
export function movementView(loaded: LoadedMovement, frame: ViewFrame): ChartedView {
  const { coming } = loaded;
  const { t } = frame;
  const months = monthsOf(loaded);
  return {
    title: t('company.movement.title'),
    lead: t('company.movement.lead'),
    parts: agreementTabs(frame, 'movement'),
    banners: coming ? [] : [{ tone: 'info', text: t('company.movement.too-many') }],
    chart: months.length === 0 ? undefined : chartOf(months, frame),
    tables: [
      { id: 'months', title: t('company.movement.by-month'), table: monthsTable(months, frame) },
      ...(coming
        ? [{ id: 'coming', title: t('company.movement.coming'), table: comingTable(coming, frame) }]
        : []),
    ],
    pager: {},
  };
}

/** A month of subscriptions. */
export interface SubscriptionMonth {
  readonly month: string;
  readonly joined: bigint;
  readonly left: bigint;
  readonly active: bigint;
  /** Left of those who were there when the month before ended, in tenths of a percent; undefined of none. */
  readonly churnTenths: bigint | undefined;
}

/** The months that have figures, oldest first. */
export function monthsOf({ starts }: Pick<LoadedMovement, 'starts'>): SubscriptionMonth[] {
  const byMonth = new Map(starts.map(({ startsOn, sums }) => [monthOf(startsOn), sums]));
  return starts.map(({ startsOn, sums }) => {
    const month = monthOf(startsOn);
    const before = byMonth.get(addMonths(month, -1))?.['activeCount'] ?? 0n;
    const left = sums['leftCount'] ?? 0n;
    return {
      month,
      joined: sums['joinedCount'] ?? 0n,
      left,
      active: sums['activeCount'] ?? 0n,
      churnTenths: before > 0n ? (left * 2_000n + before) / (before * 2n) : undefined,
    };
  });
}

const churnText = (tenths: bigint | undefined) =>
  tenths === undefined ? '–' : `${tenths / 10n}.${tenths % 10n}%`;

function chartOf(months: readonly SubscriptionMonth[], frame: ViewFrame): ChartView {
  const { t, format } = frame;
  const last = months.at(-1)!;
  return {
    title: t('company.movement.chart'),
    alt: t('company.movement.chart-alt', {
      month: format.month(last.month),
      count: format.count(last.active),
    }),
    src: chartSource(
      columnChart(
        months.map(({ month, active }) => ({
          label: month.replace('-', '/'),
          value: active,
          text: format.count(active),
        })),
      ),
    ),
    table: monthsTable(months, frame),
  };
}

function monthsTable(months: readonly SubscriptionMonth[], { t, format }: ViewFrame): TableView {
  return {
    caption: t('company.movement.by-month'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.movement.month') },
      { label: t('company.movement.joined'), isNumber: true },
      { label: t('company.movement.left'), isNumber: true },
      { label: t('company.movement.active'), isNumber: true },
      { label: t('company.movement.churn'), isNumber: true },
    ],
    rows: months.toReversed().map(({ month, joined, left, active, churnTenths }) => ({
      cells: [
        format.month(month),
        format.count(joined),
        format.count(left),
        format.count(active),
        churnText(churnTenths),
      ],
    })),
    empty: { title: t('company.movement.none'), text: t('company.movement.none-text') },
  };
}

function comingTable(coming: readonly ComingDue[], { t, format }: ViewFrame): TableView {
  return {
    caption: t('company.movement.coming'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('company.movement.due-on') },
      { label: t('company.movement.subscriptions'), isNumber: true },
      { label: t('company.movement.at-most'), isNumber: true },
    ],
    rows: coming.map(({ dueOn, count, amountMinor }) => ({
      cells: [format.date(dueOn), format.count(count), format.money(amountMinor)],
    })),
    empty: { title: t('company.movement.nothing-comes'), text: '' },
  };
}
