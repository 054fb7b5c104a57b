import { formatPercent } from '../shared/average.rules.ts';
import { lastClosingDateOf } from '../shared/calendar.rules.ts';
import { versionOn } from '../shared/date-range.rules.ts';
import { compileSchema } from '../shared/schema-check.ts';
import type { FieldError } from '../shared/problem.ts';
import type { Schema } from '../shared/schema-type.ts';
import type { CommissionTerms } from './commission.rules.ts';

export const MAX_TIERS = 20;
const bps = { type: 'integer', minimum: 0, maximum: 10_000 } as const;
const minor = { type: 'integer', minimum: 0, maximum: 9_999_999_999 } as const;

const ofBasis = (basis: CommissionTerms['basis'], members: Readonly<Record<string, Schema>>) =>
  compileSchema({
    type: 'object',
    properties: { basis: { enum: [basis] }, ...members },
    required: ['basis', ...Object.keys(members)],
    additionalProperties: false,
  });

const tier = {
  type: 'object',
  properties: { aboveMinor: minor, percentBps: bps },
  required: ['aboveMinor', 'percentBps'],
  additionalProperties: false,
} as const;

const checks = {
  none: ofBasis('none', {}),
  percent: ofBasis('percent', { percentBps: bps }),
  flat: ofBasis('flat', { perItemMinor: minor }),
  tiers: ofBasis('tiers', { tiers: { type: 'array', minItems: 1, maxItems: MAX_TIERS, items: tier } }),
} as const satisfies Readonly<Record<CommissionTerms['basis'], unknown>>;

/** What keeps a value from being the terms of a commission; empty for one that is. */
export function findCommissionFaults(value: unknown): FieldError[] {
  const basis = (value as { basis?: unknown } | null)?.basis;
  if (typeof basis !== 'string' || !Object.hasOwn(checks, basis)) {
    return [{ pointer: '/commission/basis', message: 'must be percent, flat, tiers or none' }];
  }
  const outcome = checks[basis as CommissionTerms['basis']](value);
  if (!outcome.valid) {
    return outcome.errors.map(({ pointer, message }) => ({ pointer: `/commission${pointer}`, message }));
  }
  const terms = value as CommissionTerms;
  if (terms.basis !== 'tiers') return [];
  const isRising = terms.tiers.every(({ aboveMinor }, index) =>
    index === 0 ? aboveMinor === 0 : aboveMinor > terms.tiers[index - 1]!.aboveMinor,
  );
  return isRising ? [] : [{ pointer: '/commission/tiers', message: 'must begin above 0 and rise' }];
}

/** A version of the terms of a company and a partner. */
export interface TermsVersion {
  readonly validFrom: string;
  readonly commission: CommissionTerms;
}

const isEarning = ({ commission }: TermsVersion) => commission.basis !== 'none';

/** Whether a charge may name the partner on a day. */
export function areInForce(versions: readonly TermsVersion[], businessDate: string): boolean {
  const version = versionOn(versions, businessDate);
  return version !== undefined && isEarning(version);
}

/**
 * The terms that a month is calculated by: those in force on its first day, or the first that begin while one of its closing groups is
 * open. Where there are neither, the last ones before still count for what arrives late or comes back.
 */
export function termsOfMonth<V extends TermsVersion>(versions: readonly V[], period: string): V | undefined {
  const first = `${period}-01`;
  const inForce = versionOn(versions, first);
  if (inForce && isEarning(inForce)) return inForce;
  const earning = versions.filter(isEarning);
  const end = lastClosingDateOf(period);
  const next = earning
    .filter(({ validFrom }) => validFrom > first && validFrom <= end)
    .toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1))[0];
  return next ?? versionOn(earning, first);
}

/** The partner of a service from a month on, until the next version of the same service; none from its end. */
export interface ServiceVersion {
  readonly serviceId: number;
  readonly validFrom: string;
  readonly partnerId: number | null;
}

export interface AttributedSale {
  /** As the charge names it. */
  readonly partnerCode: string | null;
  readonly serviceId: number;
  /** The billing period of the charge. */
  readonly chargePeriod: string;
}

/** Who brought a sale: the partner that its charge names, or that of its service in the month of the charge. */
export function partnerOfSale(
  { partnerCode, serviceId, chargePeriod }: AttributedSale,
  known: {
    readonly idsByCode: ReadonlyMap<string, number>;
    readonly services: readonly ServiceVersion[];
  },
): number | undefined {
  if (partnerCode !== null) return known.idsByCode.get(partnerCode);
  const versions = known.services.filter((version) => version.serviceId === serviceId);
  return versionOn(versions, `${chargePeriod}-01`)?.partnerId ?? undefined;
}

/** The terms in words, for who approves them. */
export function describeCommission(terms: CommissionTerms): string {
  switch (terms.basis) {
    case 'none':
      return 'none';
    case 'percent':
      return `${formatPercent(terms.percentBps)} of the partner's total`;
    case 'flat':
      return `${terms.perItemMinor} per item`;
    case 'tiers':
      return terms.tiers
        .map(({ aboveMinor, percentBps }) => `${formatPercent(percentBps)} of what is above ${aboveMinor}`)
        .join(', ');
    default:
      return terms satisfies never;
  }
}
