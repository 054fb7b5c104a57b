import holidayJp from '@holiday-jp/holiday_jp';
import type { Group } from '../plan/world-plan.ts';

/** The shadow's own calendar, by numbers of days; the only thing it shares with the service is the list of holidays. */
const DAY_MS = 86_400_000;
const holidays: Readonly<Record<string, unknown>> = holidayJp.holidays;

const dayNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / DAY_MS;
const dateOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

export const plusDays = (date: string, days: number): string => dateOfDay(dayNumber(date) + days);
export const monthIn = (date: string): string => date.slice(0, 7);

export function plusMonths(month: string, months: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** A day of a month, or its last one when the month is shorter. */
export function dayIn(month: string, day: number): string {
  const last = plusDays(`${plusMonths(month, 1)}-01`, -1);
  const wanted = `${month}-${String(day).padStart(2, '0')}`;
  return wanted < last ? wanted : last;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The local date of an instant. */
export function localDate(instantMs: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, ...parts });
    formats.set(timeZone, format);
  }
  return format.format(instantMs);
}

/** The day on which a period closes. It is named by the month it begins in: May of the 5th closes on 5 June. */
export function closeOf(period: string, group: Group): string {
  return group === 31 ? dayIn(period, 31) : dayIn(plusMonths(period, 1), group);
}

/** The period in which a day lies: that of the first close on or after it. */
export function periodAt(date: string, group: Group): string {
  const before = plusMonths(monthIn(date), -1);
  return closeOf(before, group) >= date ? before : monthIn(date);
}

function banksAreOpen(date: string): boolean {
  const weekday = (dayNumber(date) + 4) % 7;
  const yearEnd = ['12-31', '01-01', '01-02', '01-03'].includes(date.slice(5));
  return weekday !== 0 && weekday !== 6 && !yearEnd && !(date in holidays);
}

/** The nearest day in a direction, itself included, on which banks are open. */
export function bankDay(date: string, direction: 'previous' | 'next'): string {
  return banksAreOpen(date) ? date : bankDay(plusDays(date, direction === 'next' ? 1 : -1), direction);
}

/** Easter Sundays of the years that a world reaches, from the almanac. */
const EASTERS = ['2025-04-20', '2026-04-05', '2027-03-28', '2028-04-16', '2029-04-01'];

function targetIsOpen(date: string): boolean {
  const weekday = (dayNumber(date) + 4) % 7;
  const isFixed = ['01-01', '05-01', '12-25', '12-26'].includes(date.slice(5));
  const isEaster = EASTERS.some((day) => date === plusDays(day, -2) || date === plusDays(day, 1));
  return weekday !== 0 && weekday !== 6 && !isFixed && !isEaster;
}

/** The nearest day in a direction, itself included, on which a currency is transferred. */
export function transferDay(currency: 'JPY' | 'EUR', date: string, direction: 'previous' | 'next'): string {
  if (currency === 'JPY') return bankDay(date, direction);
  const step = direction === 'next' ? 1 : -1;
  return targetIsOpen(date) ? date : transferDay(currency, plusDays(date, step), direction);
}

/** A bank day so many after one. */
export function plusBankDays(date: string, days: number): string {
  let day = date;
  for (let left = days; left > 0; left -= 1) day = bankDay(plusDays(day, 1), 'next');
  return day;
}

/** Due: the same closing day a month after the close, when banks are open. */
export function dueOf(period: string, group: Group): string {
  return bankDay(closeOf(plusMonths(period, 1), group), 'next');
}

export const issueOf = (period: string, group: Group): string => plusDays(closeOf(period, group), 13);

/** Full years of age. */
export function ageAt(birthDate: string, date: string): number {
  let years = 0;
  const [year = 0] = birthDate.split('-').map(Number);
  while (`${year + years + 1}${birthDate.slice(4)}` <= date) years += 1;
  return years;
}
