/** An instant as raw statements give it: a `Date`, or text in UTC, which `new Date` would take for local time. */
export function rawInstant(value: Date | string): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
}
