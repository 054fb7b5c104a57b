import { formatPercent, groupDecimal, writeAverage } from '../../src/shared/average.rules.ts';
import type { Locale } from '../../src/shared/money.ts';
import { writeDate } from '../pdf/document-format.ts';
import type { StatementTax } from './statement.types.ts';

/** `-1234567n` → `−1,234,567`, with a minus sign as wide as a figure. */
export function formatAmount(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString();
  return (minor < 0n ? '\u2212' : '') + groupDecimal(digits);
}

export function formatYen(minor: bigint): string {
  return minor < 0n ? `\u2212¥${formatAmount(-minor)}` : `¥${formatAmount(minor)}`;
}

export function formatCount(count: number): string {
  return groupDecimal(String(count));
}

/** Average per line with two decimals, floored: `¥800.00`; a dash where no line was billed. */
export function formatAverage(totalMinor: bigint, lineCount: number): string {
  if (lineCount === 0) return '–';
  const average = writeAverage(totalMinor, lineCount);
  return average.startsWith('-') ? `\u2212¥${groupDecimal(average.slice(1))}` : `¥${groupDecimal(average)}`;
}

/** `2026年5月1日～2026年6月25日` or `1 May 2026 – 25 June 2026`; one date where both are the same. */
export function formatRange(from: string, to: string, language: Locale): string {
  if (from === to) return writeDate(from, language);
  const between = language === 'ja' ? '～' : ' – ';
  return writeDate(from, language) + between + writeDate(to, language);
}

/** `10%`, and `8% ※` for the reduced rate, which by law must be marked. */
export function formatTax(tax: StatementTax): string {
  return formatPercent(tax.taxRateBps) + (tax.taxCode === 'reduced' ? ' ※' : '');
}

/** The account number with all but its last three digits hidden. */
export function maskAccount(accountNumber: string): string {
  return '*'.repeat(Math.max(0, accountNumber.length - 3)) + accountNumber.slice(-3);
}
