/** ISO 4217 codes the service bills in, each with the number of decimals of its minor unit. */
const currencies = { JPY: { exponent: 0 }, EUR: { exponent: 2 } } as const;

export type Currency = keyof typeof currencies;
export type Locale = 'ja' | 'en';

/** Decimals of the minor unit of a currency. */
export function currencyExponent(currency: Currency): number {
  return currencies[currency].exponent;
}

/** Largest single amount: ten digits, the capacity of one record of the bank payout file (全銀). */
export const MAX_AMOUNT_MINOR = 9_999_999_999n;

const SYMBOLS = { JPY: '¥', EUR: '€' } as const;
const UNITS_JA = { JPY: '円', EUR: 'ユーロ' } as const;
const grouping = new Intl.NumberFormat('en', { useGrouping: true });

/** Formats a whole number with thousands separators, as in both languages: `1,234`. */
export function formatCount(count: bigint | number): string {
  return grouping.format(count);
}

/** Formats an amount: `1,234円` and `12.34ユーロ` in Japanese, `¥1,234` and `€12.34` in English, a minus sign in front. */
export function formatMoney(amountMinor: bigint, currency: Currency, locale: Locale): string {
  const { exponent } = currencies[currency];
  const unit = 10n ** BigInt(exponent);
  const absolute = amountMinor < 0n ? -amountMinor : amountMinor;
  const decimals = exponent === 0 ? '' : `.${String(absolute % unit).padStart(exponent, '0')}`;
  const figure = `${formatCount(absolute / unit)}${decimals}`;
  const sign = amountMinor < 0n ? '-' : '';
  return locale === 'ja' ? `${sign}${figure}${UNITS_JA[currency]}` : `${sign}${SYMBOLS[currency]}${figure}`;
}

/** Sum of amounts; 0 for none. */
export function sumMinor(amountsMinor: Iterable<bigint>): bigint {
  let total = 0n;
  for (const amountMinor of amountsMinor) total += amountMinor;
  return total;
}
