import { calculateFee } from '../../../settlements/fee.rules.ts';
import type { TariffDefinition } from '../../../tariffs/tariff.rules.ts';
import type { ChartView, TableView } from '../../kit/component.types.ts';
import type { ViewFrame } from '../../kit/define-page.ts';
import { chartSource } from '../../kit/column-chart.rules.ts';
import { lineChart } from '../../kit/line-chart.rules.ts';
import { valueWord } from './company-words.rules.ts';

/** A month of a company in the middle: what a base and steps of items are spread over. */
const LINES = 1_000;
const STEPS = 120;

export interface Compared {
  readonly now: TariffDefinition;
  /** The version in force, beside which another one is looked at. */
  readonly before?: TariffDefinition | undefined;
}

const feeOf = (definition: TariffDefinition, average: number) =>
  calculateFee(definition, {
    totalMinor: BigInt(average) * BigInt(LINES),
    lineCount: LINES,
    itemCount: LINES,
  });

/** Fee of one line in hundredths of a yen. */
const perLine = (definition: TariffDefinition, average: number) =>
  Number((feeOf(definition, average).feeExTaxMinor * 100n) / BigInt(LINES));

/** Averages of the curve: even steps, and both sides of every bound, where it jumps. */
function averagesOf({ now, before }: Compared): number[] {
  const bounds = [now, ...(before ? [before] : [])].flatMap(({ bands }) =>
    bands.map(({ aboveAverageMinor }) => aboveAverageMinor),
  );
  const most = Math.max(2_000, ...bounds.map((bound) => bound * 2));
  const even = Array.from({ length: STEPS + 1 }, (_, index) => Math.round((most * index) / STEPS));
  return [...new Set([...even, ...bounds, ...bounds.map((bound) => bound + 1)])].sort((a, b) => a - b);
}

/** Five labelled places from zero on. */
/** The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below a step. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return power * [1, 2, 2.5, 5, 10].find((factor) => factor * power >= step)!;
}

/** Round numbers from zero up to the first that is not below the highest. */
function ticks(max: number, text: (value: number) => string): (readonly [number, string])[] {
  const step = roundStep(max / 4);
  const count = Math.ceil(max / step);
  return Array.from({ length: count + 1 }, (_, index) => [index * step, text(index * step)] as const);
}

/** The fee of a line by the average per line, of 1,000 lines with one item each. */
export function feeCurve(compared: Compared, frame: ViewFrame): ChartView {
  const { t, format } = frame;
  const averages = averagesOf(compared);
  const line = (definition: TariffDefinition) =>
    averages.map((average) => [average, perLine(definition, average)] as const);
  const [most, now] = [averages.at(-1)!, line(compared.now)];
  const before = compared.before && line(compared.before);
  const highest = Math.max(1, ...[...now, ...(before ?? [])].map(([, fee]) => fee));
  const svg = lineChart({
    lines: [...(before ? [{ kind: 'before' as const, points: before }] : []), { kind: 'now', points: now }],
    xTicks: ticks(most, (value) => format.count(Math.round(value))),
    yTicks: ticks(highest, (value) => (value / 100).toFixed(value % 100 === 0 ? 0 : 1)),
  });
  return {
    title: t(before ? 'billing.companies.tariff.curve-compared' : 'billing.companies.tariff.curve'),
    alt: t('billing.companies.tariff.curve-alt', {
      most: format.count(most),
      fee: (perLine(compared.now, most) / 100).toFixed(2),
    }),
    src: chartSource(svg),
    table: examples(compared, frame),
  };
}

/** Examples: months of 1,000 lines at averages that people ask for, and on both sides of every bound. */
export function examples({ now, before }: Compared, frame: ViewFrame): TableView {
  const { t, format } = frame;
  const bounds = [now, ...(before ? [before] : [])].flatMap(({ bands }) =>
    bands.flatMap(({ aboveAverageMinor: bound }) => [bound, bound + 1]),
  );
  const averages = [...new Set([300, 600, 1_000, 1_500, 3_000, ...bounds])].sort((a, b) => a - b);
  return {
    caption: t('billing.companies.tariff.examples'),
    isCaptionUnseen: true,
    isDense: true,
    columns: [
      { label: t('billing.companies.tariff.average'), isNumber: true },
      { label: t('billing.companies.tariff.billed'), isNumber: true },
      { label: t('billing.companies.tariff.branch') },
      { label: t('billing.companies.tariff.fee'), isNumber: true },
      ...(before
        ? [
            { label: t('billing.companies.tariff.fee-before'), isNumber: true },
            { label: t('billing.companies.tariff.difference'), isNumber: true },
          ]
        : []),
    ],
    rows: averages.map((average) => {
      const fee = feeOf(now, average);
      const other = before && feeOf(before, average).feeExTaxMinor;
      return {
        cells: [
          format.money(average),
          format.money(average * LINES),
          valueWord(fee.branch, t),
          format.money(fee.feeExTaxMinor),
          ...(other === undefined ? [] : [format.money(other), signed(fee.feeExTaxMinor - other, frame)]),
        ],
      };
    }),
  };
}

/** A difference with its sign. */
export function signed(amount: bigint, { format }: ViewFrame): string {
  return amount > 0n ? `+${format.money(amount)}` : format.money(amount);
}
