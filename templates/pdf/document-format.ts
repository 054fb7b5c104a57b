import { formatMoney, type Currency, type Locale } from '../../src/shared/money.ts';
import type { Label } from './label.ts';

/** U+2212 is as wide as a figure; a hyphen is not. */
const MINUS = '\u2212';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** `'2026-06-30'` → `2026年6月30日` or `30 June 2026`. */
export function writeDate(date: string, language: Locale): string {
  const [year = 0, month = 1, day] = date.split('-').map(Number);
  return language === 'ja' ? `${year}年${month}月${day}日` : `${day} ${months[month - 1]} ${year}`;
}

/** A date in a column: `2026年5月1日` in Japanese, `2026-05-01` in English. */
export function writeShortDate(date: string, language: Locale): string {
  return language === 'ja' ? writeDate(date, language) : date;
}

/** `'2026-05'` → `2026年5月分` or `May 2026`. */
export function writePeriod(period: string, language: Locale): string {
  const [year = 0, month = 1] = period.split('-').map(Number);
  return language === 'ja' ? `${year}年${month}月分` : `${months[month - 1]} ${year}`;
}

/** `12,345円` or `¥12,345`. */
export function writeMoney(minor: bigint, currency: Currency, language: Locale): string {
  return formatMoney(minor, currency, language).replace('-', MINUS);
}

/** The amount large, as a headline: `¥12,345` in both languages. */
export function writeHeadline(minor: bigint, currency: Currency): string {
  return writeMoney(minor, currency, 'en');
}

/** The amount without its unit, which the head of the column has. */
export function writeFigure(minor: bigint, currency: Currency): string {
  return writeMoney(minor, currency, 'en').replace(/[¥€]/u, '');
}

/** A label in the language of the document; Japanese documents have no companion, English ones the Japanese word. */
export function labelIn({ ja, en }: Label, language: Locale): Label {
  return language === 'ja' ? { ja, en: '' } : { ja: en, en: ja };
}
