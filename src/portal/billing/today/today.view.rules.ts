import { addMonths } from '../../../shared/calendar.rules.ts';
import type { HeadView, LinkView, TableView } from '../../kit/component.types.ts';
import type { PageView, ViewFrame } from '../../kit/define-page.ts';
import { runningView, type RunningView } from '../runs/running.view.rules.ts';
import { nameJob } from '../../kit/job-name.rules.ts';
import { runHref } from '../run-words.rules.ts';
import type { Today } from './load-today.ts';
import { monthView, type MonthView } from './month.view.rules.ts';
import { nightSentence } from './night.view.rules.ts';

export interface TodayView extends PageView, HeadView {
  /** What is wrong, and what to do. */
  readonly alerts: readonly {
    readonly tone: 'warn' | 'bad';
    readonly text: string;
    readonly href: string;
    readonly label: string;
  }[];
  readonly waiting: TableView;
  readonly running: RunningView | undefined;
  readonly next: string | undefined;
  readonly month: MonthView;
  readonly months: {
    readonly before: LinkView;
    readonly after: LinkView;
    readonly now: LinkView | undefined;
  };
}

/** The first page: what the night did, what runs, what waits for the person, what comes next. */
export function todayView(today: Today, frame: ViewFrame): TodayView {
  const { t, format } = frame;
  const { nights, month } = today;
  const link = (to: string) => ({ href: `/billing?month=${to}#month`, label: format.month(to) });
  const isThisMonth = today.today.startsWith(month);
  return {
    title: t('billing.today.title'),
    lead: nights ? nightSentence(nights, frame) : format.date(today.today),
    alerts: alertsOf(today, frame),
    waiting: waitingOf(today, frame),
    ...(nights && { isLive: true }),
    running: nights && runningView({ running: nights.running, now: today.now }, frame),
    next: nights && t('billing.today.next-night', { at: format.dateTime(nights.nextDueAt) }),
    month: monthView(today, frame),
    months: {
      before: link(addMonths(month, -1)),
      after: link(addMonths(month, 1)),
      now: isThisMonth ? undefined : { href: '/billing#month', label: t('billing.today.this-month') },
    },
  };
}

function alertsOf({ nights }: Today, frame: ViewFrame): TodayView['alerts'] {
  if (!nights) return [];
  const { t, format } = frame;
  const failed = nights.runs.filter(({ state }) => state === 'failed');
  const older = nights.due.filter((date) => date < nights.last);
  return [
    ...failed.map((run) => ({
      tone: 'bad' as const,
      text: t('billing.today.failed', { job: nameJob(run.job, frame), error: run.error ?? '' }),
      href: runHref(run),
      label: t('billing.today.open-run'),
    })),
    ...(older.length === 0
      ? []
      : [
          {
            tone: 'warn' as const,
            text: t('billing.today.older-nights', { date: format.date(older[0]!), count: older.length }),
            href: '/billing/runs',
            label: t('billing.today.open-runs'),
          },
        ]),
  ];
}

/** What waits for the person, each with how many; what there is none of is left out. */
function waitingOf({ approvals, settlements, payouts, nights }: Today, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const parked = nights?.runs.filter(({ counts }) => counts.parked > 0) ?? [];
  const found = [
    { text: t('billing.today.approvals'), href: '/billing/approvals', count: approvals },
    { text: t('billing.today.drafts'), href: '/billing/settlements?state=draft', count: settlements?.drafts },
    {
      text: t('billing.today.rejected'),
      href: '/billing/settlements?state=rejected',
      count: settlements?.rejected,
    },
    { text: t('billing.today.returned'), href: '/billing/payouts/returned', count: payouts?.returned },
    { text: t('billing.today.overdue'), href: '/billing/payouts', count: payouts?.overdue },
    { text: t('billing.today.open-payouts'), href: '/billing/payouts/runs', count: payouts?.openRuns },
    ...parked.map((run) => ({
      text: t('billing.today.parked', { job: nameJob(run.job, frame) }),
      href: runHref(run),
      count: run.counts.parked,
    })),
  ];
  return {
    caption: t('billing.today.waiting'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.today.what'), isLong: true },
      { label: t('billing.today.count'), isNumber: true },
    ],
    rows: found
      .filter(({ count = 0 }) => count > 0)
      .map(({ text, href, count = 0 }) => ({ cells: [{ text, href }, format.count(count)] })),
    empty: { title: t('billing.today.nothing-waits'), text: t('billing.today.nothing-waits-text') },
  };
}
