import { addDays, addMonthsToDate, isDate } from '../shared/calendar-date.rules.ts';
import { currencyExponent, type Currency } from '../shared/money.ts';

/** An amount and when: a day, or a whole month. */
export interface AmountWithDate {
  /** As typed, with decimals where the currency has some. */
  readonly amount: string;
  /** First day, and the first day after it (half-open). */
  readonly from: string;
  readonly to: string;
  /** The month as it is billed, when a month was typed: `2026-05`. */
  readonly period?: string;
}

const AMOUNT = String.raw`[¥€]?(?<amount>\d[\d,]*(?:\.\d{1,2})?)(?:円|yen|eur)?`;
const DATE = String.raw`(?:(?<year>\d{4})[-/.年])?(?<month>\d{1,2})(?:[-/.月](?<day>\d{1,2})日?|月)?`;
const FORMS = [new RegExp(`^${AMOUNT} ${DATE}$`, 'i'), new RegExp(`^${DATE} ${AMOUNT}$`, 'i')];

/**
 * An amount with a date or month, in either order: `550 2026-05`, `2026/5/12 1,100円`, `550円 5月`, `5/12 550`. Without a year it is the last
 * such month or day that is not in the future. A number alone beside an amount is no date.
 */
export function readAmountWithDate(text: string, today: string): AmountWithDate | undefined {
  for (const form of FORMS) {
    const parts = form.exec(text)?.groups;
    const read = parts && isDated(text) ? spanOf(parts, today) : undefined;
    if (read) return { amount: parts!['amount']!.replaceAll(',', ''), ...read };
  }
  return undefined;
}

/** A month needs a year or its character: `550 5` may be anything. */
const isDated = (text: string) => /\d[-/.年月]\d|\d月/.test(text);

function spanOf(
  { year, month = '', day }: Readonly<Record<string, string>>,
  today: string,
): Omit<AmountWithDate, 'amount'> | undefined {
  const monthAndDay = `${month.padStart(2, '0')}-${(day ?? '01').padStart(2, '0')}`;
  const thisYear = `${today.slice(0, 4)}-${monthAndDay}`;
  const from =
    year === undefined
      ? thisYear <= today
        ? thisYear
        : `${Number(today.slice(0, 4)) - 1}-${monthAndDay}`
      : `${year}-${monthAndDay}`;
  if (!isDate(from)) return undefined;
  if (day !== undefined) return { from, to: addDays(from, 1) };
  return { from, to: addMonthsToDate(from, 1), period: from.slice(0, 7) };
}

/** A typed amount in minor units; undefined for one with more decimals than the currency has. */
export function amountMinorOf(amount: string, currency: Currency): bigint | undefined {
  const [whole = '', decimals = ''] = amount.split('.');
  const places = currencyExponent(currency);
  if (decimals.length > places) return undefined;
  return BigInt(whole + decimals.padEnd(places, '0'));
}
