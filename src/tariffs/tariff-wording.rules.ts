import { formatPercent } from '../shared/average.rules.ts';
import { formatCount, formatMoney, type Locale } from '../shared/money.ts';
import type { ItemFee, TariffBand, TariffDefinition } from './tariff.rules.ts';

/** The price of a tariff before tax, in one line for lists, contracts and statements. */
export function describeTariff(tariff: TariffDefinition, locale: Locale): string {
  const yen = (amountMinor: number): string => formatMoney(BigInt(amountMinor), 'JPY', locale);
  const ja = locale === 'ja';
  const parts: string[] = [];
  if (tariff.monthlyBaseMinor > 0)
    parts.push(ja ? `月額${yen(tariff.monthlyBaseMinor)}` : `${yen(tariff.monthlyBaseMinor)} a month`);
  if (tariff.perItem) parts.push(describeItemFee(tariff.perItem, locale));
  if (tariff.percentBps > 0) {
    const rate = formatPercent(tariff.percentBps);
    parts.push(ja ? `請求総額（税込）の${rate}` : `${rate} of the total billed incl. tax`);
  }
  tariff.bands.forEach((band, index) => parts.push(describeBand(band, tariff.bands[index + 1], locale)));
  if (tariff.perLineMinimumMinor > 0) {
    const minimum = yen(tariff.perLineMinimumMinor);
    parts.push(ja ? `1回線あたり${minimum}を下限とする` : `at least ${minimum} a line`);
  }
  if (tariff.partnerCommissionBps !== undefined) {
    parts.push(`${ja ? '取次手数料' : 'partner commission '}${formatPercent(tariff.partnerCommissionBps)}`);
  }
  return parts.length === 0 ? (ja ? '無料' : 'free') : parts.join(ja ? '、' : ', ');
}

function describeItemFee({ flatMinor, stepAbove, flatAboveMinor }: ItemFee, locale: Locale): string {
  const [flat, above] = [flatMinor, flatAboveMinor].map((fee) => formatMoney(BigInt(fee), 'JPY', locale));
  const step = formatCount(stepAbove);
  return locale === 'ja'
    ? `1件${flat}（月${step}件を超える分は1件${above}）`
    : `${flat} an item (${above} for those above ${step} in the month)`;
}

function describeBand(band: TariffBand, next: TariffBand | undefined, locale: Locale): string {
  const [from, to] = [band, next].map(
    (bound) => bound && formatMoney(BigInt(bound.aboveAverageMinor), 'JPY', locale),
  );
  const fixed = formatMoney(BigInt(band.rate), 'JPY', locale);
  const percent = band.kind === 'percent';
  if (locale === 'ja') {
    const span = to === undefined ? `${from}を超える` : `${from}を超え${to}以下の`;
    return `平均額が${span}場合は${percent ? formatPercent(band.rate) : `1回線あたり${fixed}`}`;
  }
  const span = to === undefined ? `above an average of ${from}` : `above an average of ${from} up to ${to}`;
  return `${percent ? formatPercent(band.rate) : `${fixed} a line`} ${span}`;
}
