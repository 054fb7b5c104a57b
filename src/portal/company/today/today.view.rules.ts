import type { AccountRoleName } from '../../../accounts/account.rules.ts';
import { MAX_CHARGE_DAYS } from '../../../charges/company-charges.rules.ts';
import { addDays } from '../../../shared/calendar-date.rules.ts';
import { chartSource, columnChart } from '../../kit/column-chart.rules.ts';
import type { ChartView, HeadView, RowView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { nameIn, webhookHref } from '../company-links.rules.ts';
import { purchasesHref } from '../purchases/purchases-query.rules.ts';
import {
  addSales,
  changeOf,
  salesByHour,
  salesOfDate,
  salesThrough,
  type CountedSales,
} from './day-figures.rules.ts';
import type { LoadedSales, LoadedToday } from './load-today.ts';
import { newestTable } from './newest.live.ts';

export interface TodayView extends PageView, HeadView {
  readonly advice: string | undefined;
  readonly sales: { readonly figure: string; readonly note: string; readonly table: TableView } | undefined;
  readonly chart: ChartView | undefined;
  readonly waiting: readonly RowView[];
  readonly newest: TableView | undefined;
  readonly roles: readonly { readonly name: string; readonly text: string }[];
}

/** The first page: what is sold now and how that compares, what waits, and the newest purchases. */
export function todayView(loaded: LoadedToday, frame: ViewFrame): TodayView {
  const { t, format } = frame;
  const { company, hasFactor, sales, newest, today } = loaded;
  return {
    title: nameIn(company, frame),
    lead: t('company.today.lead', { date: format.date(today), time: format.dateTime(loaded.now).slice(-5) }),
    ...(newest && { isLive: true }),
    advice: hasFactor ? undefined : t('accounts.advice.no-factor'),
    sales: sales && salesOf(sales, frame),
    chart: sales?.hours && chartOf(sales, frame),
    waiting: waitingOf(loaded, frame),
    newest: newest && newestTable(newest, frame),
    roles: loaded.roles.map((role: AccountRoleName) => ({
      name: t(`accounts.role.${role}`),
      text: t(`company.role.${role as 'owner'}`),
    })),
  };
}

function salesOf(sales: LoadedSales, frame: ViewFrame): NonNullable<TodayView['sales']> {
  const { t, format } = frame;
  const { hours, today, yesterday, lastWeek } = sales;
  const now = hours && salesOfDate(hours, today, 'so-far');
  const row = (label: string, then: CountedSales, compared: CountedSales | undefined) => [
    label,
    format.count(then.count),
    format.money(then.minor),
    compared ? changeOf(compared.minor, then.minor) : '',
  ];
  const [month, before] = monthsOf(sales);
  return {
    figure: now ? format.money(now.minor) : '–',
    note: now ? t('company.today.count', { count: format.count(now.count) }) : t('company.today.too-many'),
    table: {
      caption: t('company.today.compared'),
      isCaptionUnseen: true,
      isDense: true,
      columns: [
        { label: t('company.today.time') },
        { label: t('company.today.charges'), isNumber: true },
        { label: t('company.charge.amount'), isNumber: true },
        { label: t('company.today.change'), isNumber: true },
      ],
      rows: [
        ...(hours && now
          ? [
              row(t('company.today.yesterday'), salesOfDate(hours, yesterday, 'so-far'), now),
              row(
                t('company.today.last-week', { date: format.day(lastWeek) }),
                salesOfDate(hours, lastWeek, 'so-far'),
                now,
              ),
            ]
          : []),
        row(t('company.today.month', { month: format.month(sales.month) }), month, undefined),
        row(t('company.today.month-before', { date: format.day(sales.sameDay) }), before, month),
      ].map((cells) => ({ cells })),
    },
  };
}

/** The month through yesterday, and the one before through the same day: whole days beside whole days. */
function monthsOf({ hours, days, yesterday, month, before, sameDay, lastDay }: LoadedSales) {
  const added = salesThrough(days, { month, through: yesterday });
  const late =
    hours && (lastDay === undefined || lastDay < yesterday)
      ? salesOfDate(hours, yesterday, 'whole')
      : { count: 0, minor: 0n };
  return [addSales(added, late), salesThrough(days, { month: before, through: sameDay })] as const;
}

/** Today by hour, with the same weekday last week in grey behind. */
function chartOf({ hours = [], today, lastWeek }: LoadedSales, frame: ViewFrame): ChartView {
  const { t, format } = frame;
  const [now, then] = [salesByHour(hours, today), salesByHour(hours, lastWeek)];
  const most = now.reduce((top, minor, hour) => (minor > now[top]! ? hour : top), 0);
  const hourText = (hour: number) => t('company.today.hour', { hour });
  return {
    title: t('company.today.chart', { date: format.day(lastWeek) }),
    alt: t('company.today.chart-alt', { hour: hourText(most), amount: format.money(now[most]!) }),
    src: chartSource(
      columnChart(
        now.map((value, hour) => ({
          label: hour % 3 === 0 ? String(hour) : '',
          value,
          text: '',
          before: then[hour]!,
        })),
      ),
    ),
    table: {
      caption: t('company.today.by-hour'),
      isDense: true,
      columns: [
        { label: t('company.today.hour-column') },
        { label: t('company.today.title'), isNumber: true },
        { label: format.day(lastWeek), isNumber: true },
      ],
      rows: now.map((minor, hour) => ({
        cells: [hourText(hour), format.money(minor), format.money(then[hour]!)],
      })),
      foot: [t('company.total'), sumText(now, format), sumText(then, format)],
    },
  };
}

const sumText = (minors: readonly bigint[], format: ViewFrame['format']) =>
  format.money(minors.reduce((sum, minor) => sum + minor, 0n));

const settlementHref = (number: string) => `/company/settlements/${encodeURIComponent(number)}`;

/**
 * What waits, each with where to do it; what there is none of is left out. No contract reserves for longer than 90 days, so the most
 * days of one list have every purchase that expires.
 */
function waitingOf({ toDo, newest, today, webhooks }: LoadedToday, frame: ViewFrame): RowView[] {
  const { t, format } = frame;
  const { expiring = 0, statements = [], returned = [] } = toDo;
  return [
    ...returned.map(({ number, period, reason }) => ({
      title: t('company.today.returned', { month: format.month(period) }),
      href: settlementHref(number),
      notes: reason === null ? [] : [reason],
    })),
    ...webhooks.map(({ id, url, description, state }) => ({
      title: t(`company.today.webhook-${state === 'enabled' ? 'failing' : 'disabled'}`),
      href: webhookHref(id),
      notes: [description ?? url],
    })),
    ...(newest && expiring > 0
      ? [
          {
            title: t('company.today.expiring'),
            href: purchasesHref({ state: 'authorized', from: addDays(today, 1 - MAX_CHARGE_DAYS) }),
            notes: [t('company.today.charge-count', { count: format.count(expiring) })],
          },
        ]
      : []),
    ...statements.map(({ number, period, payoutOn }) => ({
      title: t('company.today.statement', { month: format.month(period) }),
      href: settlementHref(number),
      notes: [t('company.today.payout-on', { date: format.date(payoutOn) })],
    })),
  ];
}
