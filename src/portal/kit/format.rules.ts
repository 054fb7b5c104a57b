import { formatCount, formatMoney, type Currency, type Locale } from '../../shared/money.ts';

/** Writes values as the reader's language does. Dates are business dates, instants are shown in the billing time zone. */
export interface Format {
  /** An amount in minor units: `1,100円`, `¥1,100`. */
  money(amountMinor: bigint | number): string;
  /** A whole number: `12,345`. */
  count(count: bigint | number): string;
  /** A date `2026-05-01`: `2026年5月1日(金)`, `Fri, May 1, 2026`. */
  date(date: string): string;
  /** The same without the year and the day of the week: `5月1日`, `May 1`. */
  day(date: string): string;
  /** A month `2026-05`: `2026年5月`, `May 2026`. */
  month(month: string): string;
  /** An instant: `2026年5月1日(金) 12:34`. */
  dateTime(at: Date): string;
}

interface FormatTerms {
  readonly language: Locale;
  readonly currency: Currency;
  readonly timeZone: string;
}

const cached = new Map<string, Format>();

/** The formats of a language. */
export function formatsOf({ language, currency, timeZone }: FormatTerms): Format {
  const key = `${language} ${currency} ${timeZone}`;
  const found = cached.get(key) ?? createFormats({ language, currency, timeZone });
  cached.set(key, found);
  return found;
}

/** A date is formatted in UTC: at noon no time zone makes another day of it. */
const noon = (date: string) => new Date(`${date}T12:00Z`);

function createFormats({ language, currency, timeZone }: FormatTerms): Format {
  const locale = language === 'ja' ? 'ja-JP' : 'en-US';
  const month = language === 'ja' ? 'long' : 'short';
  const whole = { year: 'numeric', month, day: 'numeric', weekday: 'short' } as const;
  const dates = new Intl.DateTimeFormat(locale, { ...whole, timeZone: 'UTC' });
  const days = new Intl.DateTimeFormat(locale, { month, day: 'numeric', timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  const localDates = new Intl.DateTimeFormat(locale, { ...whole, timeZone });
  const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone });
  return {
    money: (amountMinor) => formatMoney(BigInt(amountMinor), currency, language),
    count: formatCount,
    date: (date) => dates.format(noon(date)),
    day: (date) => days.format(noon(date)),
    month: (text) => months.format(noon(`${text}-15`)),
    dateTime: (at) => `${localDates.format(at)} ${times.format(at)}`,
  };
}
