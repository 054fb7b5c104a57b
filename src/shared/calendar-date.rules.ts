/** Arithmetic of plain dates (`YYYY-MM-DD`) and months (`YYYY-MM`) as ISO strings, which sort as text. */

const DATE_SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH_SHAPE = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Whether a text is a date that exists, written `YYYY-MM-DD`. For input from outside. */
export function isDate(text: string): boolean {
  if (!DATE_SHAPE.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  // Date reads 02-30 as 03-02, so the result is compared.
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** Whether a text is a month written `YYYY-MM`. For input from outside. */
export function isMonth(text: string): boolean {
  return MONTH_SHAPE.test(text);
}

/** Order of two dates, or of two months: negative, zero or positive, as `sort` expects. */
export function compare(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The date a number of days later, or earlier when negative. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The month a number of months later, or earlier when negative. */
export function addMonths(month: string, months: number): string {
  const parts = MONTH_SHAPE.exec(month);
  if (!parts) throw new RangeError(`not a month of the form YYYY-MM: ${month}`);
  const index = Number(parts[1]) * 12 + Number(parts[2]) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The date a number of months later; the last day of a month that has no such day. */
export function addMonthsToDate(date: string, months: number): string {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** The month a date lies in. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** The last date of a month, including leap years. */
export function lastDayOfMonth(month: string): string {
  return addDays(`${addMonths(month, 1)}-01`, -1);
}

/** A day of a month, or its last day where the month is shorter: day 31 always means the month end. */
export function dayOfMonth(month: string, day: number): string {
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new RangeError(`not a day of a month: ${day}`);
  const date = `${month}-${String(day).padStart(2, '0')}`;
  return day <= 28 || isDate(date) ? date : lastDayOfMonth(month);
}
