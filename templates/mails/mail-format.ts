import { formatMoney, type Currency, type Locale } from '../../src/shared/money.ts';

/** How facts are written in the language of a mail. */
export interface MailFormat {
  /** The language's own of a name in both. */
  name(names: { readonly ja: string; readonly en: string }): string;
  money(amountMinor: bigint): string;
  /** `2026年5月1日(金)`, `Friday, 1 May 2026`. */
  date(date: string): string;
  /** `2026年5月`, `May 2026`. */
  month(month: string): string;
  /** `2026年5月1日(金) 12:00`, in the time zone of billing. */
  dateTime(instant: Date): string;
}

interface MailLocale {
  readonly language: Locale;
  readonly currency: Currency;
  readonly timeZone: string;
}

const TAGS = { ja: 'ja-JP', en: 'en-GB' } as const;

export function createMailFormat({ language, currency, timeZone }: MailLocale): MailFormat {
  const tag = TAGS[language];
  const day = {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: language === 'ja' ? 'short' : 'long',
  } as const;
  const dates = new Intl.DateTimeFormat(tag, { ...day, timeZone: 'UTC' });
  const days = new Intl.DateTimeFormat(tag, { ...day, timeZone });
  const times = new Intl.DateTimeFormat(tag, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const months = new Intl.DateTimeFormat(tag, { year: 'numeric', month: 'long', timeZone: 'UTC' });
  return {
    name: (names) => names[language],
    money: (amountMinor) => formatMoney(amountMinor, currency, language),
    date: (date) => dates.format(new Date(`${date}T00:00:00Z`)),
    month: (month) => months.format(new Date(`${month}-01T00:00:00Z`)),
    dateTime: (instant) => `${days.format(instant)}${language === 'ja' ? ' ' : ', '}${times.format(instant)}`,
  };
}
