import { writeClosingGroup, type ClosingGroup } from '../../../shared/calendar.rules.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import type { Today } from './load-today.ts';
import { weeksOf, type DayEvents } from './month.rules.ts';

export interface DayView {
  readonly date: string;
  readonly day: string;
  /** The whole date, for who hears it. */
  readonly spoken: string;
  readonly isToday: boolean;
  readonly isInMonth: boolean;
  readonly isQuiet: boolean;
  readonly closed: string | undefined;
  readonly events: readonly { readonly kind: 'close' | 'issue' | 'due' | 'payout'; readonly text: string }[];
}

/** A month at a glance. */
export interface MonthView {
  readonly caption: string;
  readonly weekdays: readonly string[];
  readonly weeks: readonly (readonly DayView[])[];
}

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** The calendar of the first page. */
export function monthView({ month, today, payoutDays }: Today, frame: ViewFrame): MonthView {
  const { t, format } = frame;
  return {
    caption: format.month(month),
    weekdays: WEEKDAYS.map((day) => t(`billing.today.${day}`)),
    weeks: weeksOf(month, payoutDays).map((week) => week.map((day) => dayView(day, today, frame))),
  };
}

function dayView(day: DayEvents, today: string, { t, format }: ViewFrame): DayView {
  const words = ({ period, group }: { readonly period: string; readonly group: ClosingGroup }) => {
    const written = writeClosingGroup(group);
    return {
      month: format.month(period),
      group: written === 'end' ? t('billing.group-end') : t('billing.group', { day: written }),
    };
  };
  const events = [
    ...(day.closes ? [{ kind: 'close' as const, text: t('billing.today.closes', words(day.closes)) }] : []),
    ...(day.issues ? [{ kind: 'issue' as const, text: t('billing.today.issues', words(day.issues)) }] : []),
    ...(day.due ? [{ kind: 'due' as const, text: t('billing.today.due', words(day.due)) }] : []),
    ...(day.payouts > 0
      ? [{ kind: 'payout' as const, text: t('billing.today.payouts', { count: format.count(day.payouts) }) }]
      : []),
  ];
  return {
    date: day.date,
    day: String(Number(day.date.slice(8))),
    spoken: format.date(day.date),
    isToday: day.date === today,
    isInMonth: day.isInMonth,
    isQuiet: !day.isInMonth || events.length === 0,
    closed: day.isBankDay ? undefined : t('billing.today.no-bank'),
    events: day.isInMonth ? events : [],
  };
}
