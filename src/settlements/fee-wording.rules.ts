import { formatPercent, groupDecimal } from '../shared/average.rules.ts';
import { formatCount, formatMoney, type Locale } from '../shared/money.ts';
import type { BilledMonth, Fee } from './fee.rules.ts';
import type { TariffBand, TariffDefinition } from '../tariffs/tariff.rules.ts';

interface FeeToExplain {
  readonly tariff: TariffDefinition;
  readonly billed: BilledMonth;
  readonly fee: Fee;
  readonly locale: Locale;
}

/** Explains a fee for the statement, in full sentences with the company's own figures. */
export function explainFee(subject: FeeToExplain): string {
  const { fee, billed, locale } = subject;
  if (billed.totalMinor <= 0n) {
    return locale === 'ja'
      ? '請求総額が0円以下のため、手数料は発生しません。'
      : 'No positive total was billed, so there is no fee.';
  }
  const sentences = [explainItems(subject), explainBranch(subject), explainFixedParts(subject)];
  const applied = {
    minimum: fee.components.minimum,
    percent: fee.components.percent,
    band: fee.components.band,
  }[fee.branch];
  if (applied?.includes('.')) {
    sentences.push(locale === 'ja' ? '1円未満は切り捨てます。' : 'A fraction of a yen is dropped.');
  }
  return sentences.filter((sentence) => sentence !== '').join(locale === 'ja' ? '' : ' ');
}

function explainBranch(subject: FeeToExplain): string {
  const { tariff, fee, locale } = subject;
  const average = groupDecimal(fee.averageFloor2);
  const minimum = perLine(subject, tariff.perLineMinimumMinor, fee.components.minimum);
  if (fee.branch === 'minimum' && tariff.perLineMinimumMinor > 0) {
    const below = fee.band
      ? bandRate(subject, fee.band)
      : share(subject, tariff.percentBps, fee.components.percent);
    return locale === 'ja'
      ? `1回線あたりの平均額${average}円：${below}が最低手数料${minimum}を下回るため、最低手数料を適用しました。`
      : `Average per line ¥${average}: ${below} is below the minimum of ${minimum}, so the minimum applies.`;
  }
  if (fee.band) return explainBand({ ...subject, band: fee.band, average });
  if (tariff.percentBps === 0) return '';
  const percent = share(subject, tariff.percentBps, fee.components.percent);
  if (tariff.perLineMinimumMinor === 0) {
    return locale === 'ja' ? `${percent}を適用しました。` : `The fee is ${percent}.`;
  }
  return locale === 'ja'
    ? `1回線あたりの平均額${average}円：${percent}が最低手数料${minimum}以上のため、定率を適用しました。`
    : `Average per line ¥${average}: ${percent} is not below the minimum of ${minimum}, so the percentage applies.`;
}

const AVERAGE = { ja: (figure: string) => `${figure}円`, en: (figure: string) => `¥${figure}` };
const JUST_ABOVE = {
  ja: (figure: string) => `${figure}円余り`,
  en: (figure: string) => `a little over ¥${figure}`,
};

function explainBand(subject: FeeToExplain & { band: TariffBand; average: string }): string {
  const { band, locale, fee } = subject;
  const bound = yen(BigInt(band.aboveAverageMinor), locale);
  // The average shown is floored: 900.004 reads 900.00, which alone would not be above 900.
  const hidesFraction = fee.averageFloor2 === `${band.aboveAverageMinor}.00`;
  const average = hidesFraction ? JUST_ABOVE[locale](subject.average) : AVERAGE[locale](subject.average);
  return locale === 'ja'
    ? `1回線あたりの平均額${average}が${bound}を超えるため、${bandRate(subject, band)}を適用しました。`
    : `The average per line of ${average} is above ${bound}, so the fee is ${bandRate(subject, band)}.`;
}

function explainItems({ tariff, billed, fee, locale }: FeeToExplain): string {
  if (!tariff.perItem) return '';
  const { flatMinor, stepAbove, flatAboveMinor } = tariff.perItem;
  const counted = Math.min(billed.itemCount, stepAbove);
  const above = billed.itemCount - counted;
  const sum = decimalYen(fee.components.items, locale);
  const first = times(flatMinor, counted, locale);
  const terms = above > 0 ? `${first} + ${times(flatAboveMinor, above, locale)}` : first;
  return locale === 'ja' ? `件数による手数料：${terms} = ${sum}。` : `Fee per item: ${terms} = ${sum}.`;
}

function explainFixedParts({ tariff, fee, locale }: FeeToExplain): string {
  const parts: string[] = [];
  const base = locale === 'ja' ? '月額基本料' : 'the monthly base of ';
  const setUp = locale === 'ja' ? '初期費用' : 'the set-up fee of ';
  if (tariff.monthlyBaseMinor > 0) parts.push(base + decimalYen(fee.components.base, locale));
  if (fee.components.setUp !== undefined) parts.push(setUp + decimalYen(fee.components.setUp, locale));
  if (parts.length === 0) return '';
  return locale === 'ja' ? `これに${parts.join('と')}を加えます。` : `To this comes ${parts.join(' and ')}.`;
}

function bandRate(subject: FeeToExplain, band: TariffBand): string {
  const part = subject.fee.components.band ?? '0';
  return band.kind === 'percent' ? share(subject, band.rate, part) : perLine(subject, band.rate, part);
}

function share({ billed, locale }: FeeToExplain, rateBps: number, part: string): string {
  const total = yen(billed.totalMinor, locale);
  const rate = formatPercent(rateBps);
  return locale === 'ja'
    ? `請求総額${total}の${rate}（${decimalYen(part, locale)}）`
    : `${rate} of ${total} (${decimalYen(part, locale)})`;
}

function perLine({ billed, locale }: FeeToExplain, rateMinor: number, part: string): string {
  const rate = yen(BigInt(rateMinor), locale);
  const lines = formatCount(billed.lineCount);
  return locale === 'ja'
    ? `1回線${rate}×${lines}回線（${decimalYen(part, locale)}）`
    : `${rate} × ${lines} ${billed.lineCount === 1 ? 'line' : 'lines'} (${decimalYen(part, locale)})`;
}

function times(flatMinor: number, count: number, locale: Locale): string {
  const flat = yen(BigInt(flatMinor), locale);
  return locale === 'ja' ? `${flat}×${formatCount(count)}件` : `${flat} × ${formatCount(count)}`;
}

function yen(amountMinor: bigint, locale: Locale): string {
  return formatMoney(amountMinor, 'JPY', locale);
}

/** An exact component, fraction included: "3999.95" → `3,999.95円`. */
function decimalYen(part: string, locale: Locale): string {
  const figure = groupDecimal(part);
  return locale === 'ja' ? `${figure}円` : `¥${figure}`;
}
