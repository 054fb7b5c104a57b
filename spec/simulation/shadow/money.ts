import type { TariffPlan, TaxCode, TaxRise } from '../plan/world-plan.ts';

/** The shadow's own money: whole yen as numbers, the published formulas written out, nothing looked up. */

/** Consumption tax in per cent of a supply date, with the rises the world has yet to see; undefined where there is none. */
export function taxPercent(rises: readonly TaxRise[], code: TaxCode, date: string): number | undefined {
  const risen = rises.filter((rise) => rise.code === code && rise.from <= date);
  if (risen.length > 0) return Math.max(...risen.map(({ percent }) => percent));
  if (code === 'reduced') return date < '2019-10-01' ? undefined : 8;
  if (date < '1997-04-01') return 3;
  if (date < '2014-04-01') return 5;
  return date < '2019-10-01' ? 8 : 10;
}

/** Tax contained in a total, of one invoice and rate; of what is given back, that of the same total. */
export const taxWithin = (total: number, percent: number): number =>
  total < 0 ? -taxWithin(-total, percent) : Math.floor((total * percent) / (100 + percent));

export interface Month {
  readonly total: number;
  readonly lines: number;
  readonly items: number;
}

export interface ShadowFee {
  readonly fee: number;
  readonly branch: 'minimum' | 'percent' | 'band';
}

type FeeFormula = (month: Month) => ShadowFee;

/** In hundredths of a yen, so that per cents leave no remainder. */
const floored = (hundredths: number): number => Math.floor(hundredths / 100);

const published: Readonly<Record<string, FeeFormula>> = {
  'flets-2011': ({ total, lines }) => {
    const [percent, minimum] = [5 * total, 3_000 * lines];
    return { fee: floored(Math.max(percent, minimum)), branch: minimum > percent ? 'minimum' : 'percent' };
  },
  'flets-2012': ({ total, lines }) => {
    const minimum = 3_000 * lines;
    const banded = Math.min(5 * total, Math.max(4_500 * lines, 3 * total));
    const branch = total > 900 * lines ? 'band' : 'percent';
    return { fee: floored(Math.max(minimum, banded)), branch: minimum > banded ? 'minimum' : branch };
  },
  'item-2002': ({ items }) => ({
    fee: 150 * Math.min(items, 5_000) + 85 * Math.max(0, items - 5_000),
    branch: 'band',
  }),
  'west-2004': ({ total }) => ({ fee: floored(500_000 + 9 * total), branch: 'percent' }),
};

/** Versions the service is born with, by the day they begin. */
export const bornTariffs: Readonly<Record<string, string>> = {
  'flets-2011': '2011-07-01',
  'flets-2012': '2012-01-01',
  'item-2002': '2002-01-01',
  'west-2004': '2004-01-01',
};

/** Fee before tax. Nothing sold, no fee. */
export function feeOf(tariff: string | TariffPlan, month: Month): ShadowFee {
  if (month.total <= 0) return { fee: 0, branch: 'minimum' };
  if (typeof tariff === 'string') return published[tariff]!(month);
  const { base, percentBps, perLineMinimum } = tariff;
  const [percent, minimum] = [month.total * percentBps, month.lines * perLineMinimum * 10_000];
  const fixed = base * 10_000;
  const isMinimum = minimum > percent || percentBps === 0;
  return {
    fee: Math.floor((fixed + Math.max(percent, minimum)) / 10_000),
    branch: isMinimum ? 'minimum' : 'percent',
  };
}

/** The most a line may spend in a month, by all that limits it. */
export function lowestLimit(limits: { age: number | null; own: readonly (number | null)[] }): number {
  const { age, own } = limits;
  const byAge = age === null ? Infinity : age < 13 ? 1_500 : age < 18 ? 10_000 : age < 20 ? 20_000 : 100_000;
  return Math.min(10_000, byAge, ...own.map((limit) => limit ?? Infinity));
}
