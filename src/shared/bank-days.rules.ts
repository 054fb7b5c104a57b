import holidayJp from '@holiday-jp/holiday_jp';
import { addDays } from './calendar-date.rules.ts';

/** National holidays with their substitutes, by date. Only the map is used: the library's Date functions depend on the TZ of the process. */
const holidays: Readonly<Record<string, unknown>> = holidayJp.holidays;
/** Banks are closed at the turn of the year by order of the Banking Act; the holiday map has only 1 January. */
const YEAR_END_DAYS: ReadonlySet<string> = new Set(['12-31', '01-01', '01-02', '01-03']);
/** Years the holiday map covers. Outside them a holiday would count as a bank day, so the rules throw. */
const FIRST_YEAR = '1970';
const LAST_YEAR = '2050';

/** Whether Japanese banks are open: not Saturday, Sunday, a national holiday or 12/31–1/3. Throws RangeError outside 1970–2050. */
export function isBankDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  const year = date.slice(0, 4);
  if (Number.isNaN(weekday) || year < FIRST_YEAR || year > LAST_YEAR) {
    throw new RangeError(`bank days are known from ${FIRST_YEAR} to ${LAST_YEAR}, not for ${date}`);
  }
  return (
    weekday !== 0 && weekday !== 6 && !Object.hasOwn(holidays, date) && !YEAR_END_DAYS.has(date.slice(5))
  );
}

/** The date itself if the banks are open, else the first bank day after it. */
export function nextBankDay(date: string): string {
  let day = date;
  while (!isBankDay(day)) day = addDays(day, 1);
  return day;
}
