import { writeAverage } from '../shared/average.rules.ts';
import type { ItemFee, TariffBand, TariffDefinition } from '../tariffs/tariff.rules.ts';

/** What a company billed in a period: the base of its fee. */
export interface BilledMonth {
  /** `T`: billed total, tax included, after the cancellations and refunds of the month. */
  readonly totalMinor: bigint;
  /** `N`: distinct lines billed. */
  readonly lineCount: number;
  readonly itemCount: number;
  /** True for the first settlement of rule version 1, which had the set-up fee of the tariff in the fee. */
  readonly setUpInFee?: boolean | undefined;
}

/**
 * Which component of the tariff set the fee: the minimum per line, the percentage, or a band (by average per
 * line, or the steps of a flat fee per item). Where two components are equal, the percentage is named.
 */
export type FeeBranch = 'minimum' | 'percent' | 'band';

/** The components of a fee as exact decimal texts in minor units ("4000", "3999.95"), so that they can be stored as JSON. */
export interface FeeComponents {
  /** Of rule version 1 alone. */
  readonly setUp?: string;
  readonly base: string;
  readonly items: string;
  readonly minimum: string;
  readonly percent: string;
  /** The component of the band the average lies in; absent below the first band. */
  readonly band?: string;
}

export interface Fee {
  readonly feeExTaxMinor: bigint;
  readonly branch: FeeBranch;
  /** T ÷ N floored to two decimals, "800.00"; "0.00" when no line was billed. */
  readonly averageFloor2: string;
  readonly components: FeeComponents;
  /** The band the average lies in. */
  readonly band?: TariffBand;
}

/** All components are counted in ten-thousandths of a minor unit: basis points then never leave a remainder. */
const SCALE = 10_000n;

/**
 * Fee before tax of one company and period: base + items + max(minimum per line, percentage or band), exact until the single floor at the end (domain.md section 1). Nothing billed (T ≤ 0) means no fee
 * at all, the base included: branch `minimum`. Throws RangeError for counts that are not whole or negative.
 */
export function calculateFee(tariff: TariffDefinition, billed: BilledMonth): Fee {
  assertCount(billed.lineCount);
  assertCount(billed.itemCount);
  const averageFloor2 = writeAverage(billed.totalMinor, billed.lineCount);
  if (billed.totalMinor <= 0n)
    return { feeExTaxMinor: 0n, branch: 'minimum', averageFloor2, components: NO_COMPONENTS };
  if (billed.lineCount === 0) throw new RangeError('a positive total was billed to at least one line');

  const band = findBand(tariff.bands, billed);
  const minimum = BigInt(tariff.perLineMinimumMinor) * BigInt(billed.lineCount) * SCALE;
  const percent = billed.totalMinor * BigInt(tariff.percentBps);
  const byAverage = band ? bandComponent(band, billed) : percent;
  const items = tariff.perItem ? itemsComponent(tariff.perItem, BigInt(billed.itemCount)) : 0n;
  const base = BigInt(tariff.monthlyBaseMinor) * SCALE;
  const setUp = billed.setUpInFee ? BigInt(tariff.setUpMinor ?? 0) * SCALE : 0n;
  return {
    feeExTaxMinor: (setUp + base + items + larger(minimum, byAverage)) / SCALE,
    branch: determineBranch(tariff, { isMinimum: minimum > byAverage, isBand: band !== undefined }),
    averageFloor2,
    components: {
      ...(setUp > 0n && { setUp: toDecimal(setUp) }),
      base: toDecimal(base),
      items: toDecimal(items),
      minimum: toDecimal(minimum),
      percent: toDecimal(percent),
      ...(band && { band: toDecimal(byAverage) }),
    },
    ...(band && { band }),
  };
}

const NO_COMPONENTS: FeeComponents = { base: '0', items: '0', minimum: '0', percent: '0' };

/**
 * A tariff that counts items and has no percentage is charged by its volume steps: `band`. One of fixed
 * amounts only is charged by its `minimum`. Otherwise the larger component names the branch.
 */
function determineBranch(
  tariff: TariffDefinition,
  larger: { isMinimum: boolean; isBand: boolean },
): FeeBranch {
  if (larger.isMinimum) return 'minimum';
  if (larger.isBand) return 'band';
  if (tariff.percentBps > 0) return 'percent';
  return tariff.perItem ? 'band' : 'minimum';
}

/** The band an average lies in: the last whose bound it exceeds, compared as T > bound × N, without division. */
function findBand(bands: readonly TariffBand[], billed: BilledMonth): TariffBand | undefined {
  const lines = BigInt(billed.lineCount);
  return bands.findLast((band) => billed.totalMinor > BigInt(band.aboveAverageMinor) * lines);
}

function bandComponent(band: TariffBand, billed: BilledMonth): bigint {
  if (band.kind === 'percent') return billed.totalMinor * BigInt(band.rate);
  return BigInt(band.rate) * BigInt(billed.lineCount) * SCALE;
}

function itemsComponent(fee: ItemFee, items: bigint): bigint {
  const step = BigInt(fee.stepAbove);
  const above = items > step ? items - step : 0n;
  return ((items - above) * BigInt(fee.flatMinor) + above * BigInt(fee.flatAboveMinor)) * SCALE;
}

function toDecimal(scaled: bigint): string {
  const fraction = String(scaled % SCALE)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return `${scaled / SCALE}${fraction === '' ? '' : `.${fraction}`}`;
}

function larger(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}

function assertCount(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a count: ${count}`);
}
