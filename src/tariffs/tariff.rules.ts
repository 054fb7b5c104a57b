/**
 * A step of the fee by the average per line, tax included. It replaces the percentage for averages above
 * `aboveAverageMinor` (exclusive), up to where the next band begins.
 */
export interface TariffBand {
  readonly aboveAverageMinor: number;
  readonly kind: 'fixed-per-line' | 'percent';
  /** Minor units a line for `fixed-per-line`, basis points of the billed total for `percent`. */
  readonly rate: number;
}

/** A flat fee for each charge billed, cheaper for those above `stepAbove` in the month. */
export interface ItemFee {
  readonly flatMinor: number;
  readonly stepAbove: number;
  readonly flatAboveMinor: number;
}

/**
 * The components of a tariff, as stored in JSON: whole numbers, amounts in minor units **before tax**,
 * rates in basis points of the tax-inclusive billed total (domain.md section 1).
 */
export interface TariffDefinition {
  /** In versions of earlier releases alone, and not billed any more: the set-up fee is a term of the contract. */
  readonly setUpMinor?: number;
  /** For each month in which something was billed. */
  readonly monthlyBaseMinor: number;
  readonly percentBps: number;
  readonly perLineMinimumMinor: number;
  readonly perItem?: ItemFee;
  /** Rising by `aboveAverageMinor`. */
  readonly bands: TariffBand[];
  /** The partner's share of the billed total; the carrier pays it out of its fee, so it does not change the fee. */
  readonly partnerCommissionBps?: number;
}

const amount = { type: 'integer', minimum: 0, maximum: 999_999_999 } as const;
const bps = { type: 'integer', minimum: 0, maximum: 10_000 } as const;

/** JSON Schema (2020-12) of a TariffDefinition that comes from outside. */
export const tariffDefinitionSchema = {
  $id: 'tariff-definition',
  type: 'object',
  additionalProperties: false,
  required: ['monthlyBaseMinor', 'percentBps', 'perLineMinimumMinor', 'bands'],
  properties: {
    monthlyBaseMinor: amount,
    percentBps: bps,
    perLineMinimumMinor: amount,
    perItem: {
      type: 'object',
      additionalProperties: false,
      required: ['flatMinor', 'stepAbove', 'flatAboveMinor'],
      properties: { flatMinor: amount, stepAbove: amount, flatAboveMinor: amount },
    },
    bands: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['aboveAverageMinor', 'kind', 'rate'],
        properties: {
          aboveAverageMinor: amount,
          kind: { enum: ['fixed-per-line', 'percent'] },
          rate: amount,
        },
      },
    },
    partnerCommissionBps: bps,
  },
} as const;

/** What is wrong with a definition beyond its schema; bands count from 1. */
export type TariffFault =
  | { readonly code: 'band-order'; readonly band: number; readonly above: number }
  | { readonly code: 'band-percent'; readonly band: number }
  | { readonly code: 'no-percent' };

/** Faults of a tariff definition that the schema cannot express; empty when it is valid. */
export function findTariffFaults(tariff: TariffDefinition): TariffFault[] {
  const faults: TariffFault[] = [];
  tariff.bands.forEach((band, index) => {
    const before = tariff.bands[index - 1];
    if (before && band.aboveAverageMinor <= before.aboveAverageMinor)
      faults.push({ code: 'band-order', band: index + 1, above: before.aboveAverageMinor });
    if (band.kind === 'percent' && band.rate > 10_000) faults.push({ code: 'band-percent', band: index + 1 });
  });
  if (tariff.bands.length > 0 && tariff.percentBps === 0) faults.push({ code: 'no-percent' });
  return faults;
}

/** The same in sentences, for programs and logs. */
export function listTariffFaults(tariff: TariffDefinition): string[] {
  return findTariffFaults(tariff).map((fault) => {
    if (fault.code === 'band-order')
      return `band ${fault.band} must begin above an average of ${fault.above}`;
    if (fault.code === 'band-percent') return `band ${fault.band} is above 100%`;
    return 'bands replace a percentage above an average, so there must be one below it';
  });
}
