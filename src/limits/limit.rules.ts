/** A monthly limit that grows with the age of the holder. */
export interface AgeBand {
  /** Applies to ages below this; the last band has none. */
  readonly underAge?: number;
  readonly limitMinor: bigint;
}

/** Yen per month by age (domain.md section 2), youngest first. */
const AGE_BANDS: readonly AgeBand[] = [
  { underAge: 13, limitMinor: 1_500n },
  { underAge: 18, limitMinor: 10_000n },
  { underAge: 20, limitMinor: 20_000n },
  { limitMinor: 100_000n },
];

export type LimitSource = 'carrier-default' | 'age-band' | 'line' | 'subscriber';

export interface MonthlyLimit {
  readonly limitMinor: bigint;
  readonly source: LimitSource;
}

/** All limits that may hold for a month; whatever is left out (or null) sets none. */
export interface LimitSources {
  readonly carrierDefaultMinor: bigint;
  /** Date on which the age counts, the business date of the charge. */
  readonly businessDate: string;
  readonly birthDate?: string | null | undefined;
  readonly lineLimitMinor?: bigint | null | undefined;
  readonly subscriberLimitMinor?: bigint | null | undefined;
  readonly ageBands?: readonly AgeBand[];
}

/** The limits that hold for a charge, each with a spending of its own. */
export interface Limits {
  /** The lowest of those that count what all issued IDs of the tenure buy. */
  readonly tenure: MonthlyLimit;
  /** Of the issued ID, counting its own purchases; undefined when it has none. */
  readonly own: MonthlyLimit | undefined;
}

/** The limits in force and where they come from; of equal ones the carrier's, then age, then line (domain.md §2). */
export function determineLimits(sources: LimitSources): Limits {
  const { birthDate, businessDate, ageBands = AGE_BANDS } = sources;
  const ageLimitMinor = birthDate ? ageBandLimit(ageOn(birthDate, businessDate), ageBands) : undefined;
  const candidates: readonly (readonly [LimitSource, bigint | null | undefined])[] = [
    ['age-band', ageLimitMinor],
    ['line', sources.lineLimitMinor],
  ];
  let tenure: MonthlyLimit = { limitMinor: sources.carrierDefaultMinor, source: 'carrier-default' };
  for (const [source, limitMinor] of candidates) {
    if (limitMinor != null && limitMinor < tenure.limitMinor) tenure = { limitMinor, source };
  }
  const { subscriberLimitMinor } = sources;
  const own =
    subscriberLimitMinor == null
      ? undefined
      : ({ limitMinor: subscriberLimitMinor, source: 'subscriber' } as const);
  return { tenure, own };
}

/** Full years on a date. Born on 29 February, one grows a year older on 1 March of a common year. */
export function ageOn(birthDate: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** The limit of the band of a holder's age on a date. */
export function limitOfAge(birthDate: string, date: string): bigint {
  return ageBandLimit(ageOn(birthDate, date), AGE_BANDS)!;
}

function ageBandLimit(age: number, bands: readonly AgeBand[]): bigint | undefined {
  return bands.find((band) => band.underAge === undefined || age < band.underAge)?.limitMinor;
}

export interface LimitCheck {
  readonly limits: Limits;
  /** Booked in the period and open in any, without this charge. */
  readonly spent: Spent;
  readonly amountMinor: bigint;
  /** Of the company's contract. */
  readonly perChargeMaxMinor?: bigint | null | undefined;
}

/** What counts against the limits: of the tenure, and of the issued ID alone. */
export interface Spent {
  readonly tenureMinor: bigint;
  readonly ownMinor: bigint;
}

export type LimitOutcome =
  | { readonly allowed: true; readonly remainingMinor: bigint }
  | {
      readonly allowed: false;
      readonly reason: 'per-charge-max' | 'monthly-limit';
      readonly limitMinor: bigint;
      readonly source: LimitSource | 'contract';
      /** What could still be spent this month. */
      readonly remainingMinor: bigint;
    };

/**
 * Whether a charge fits under the contract's maximum per charge and what is left of the month, by the limit that leaves
 * least. Reaching a limit exactly is allowed.
 */
export function checkLimit({ limits, spent, amountMinor, perChargeMaxMinor }: LimitCheck): LimitOutcome {
  if (amountMinor <= 0n) throw new RangeError('only a positive amount can be charged');
  const { leftMinor, limit } = determineRoom(limits, spent);
  const refused = { allowed: false, remainingMinor: leftMinor } as const;
  if (perChargeMaxMinor != null && amountMinor > perChargeMaxMinor) {
    return { ...refused, reason: 'per-charge-max', limitMinor: perChargeMaxMinor, source: 'contract' };
  }
  if (amountMinor > leftMinor) return { ...refused, reason: 'monthly-limit', ...limit };
  return { allowed: true, remainingMinor: leftMinor - amountMinor };
}

/** The limit that leaves least, and how much; of equal ones that of the tenure. */
export function determineRoom({ tenure, own }: Limits, spent: Spent) {
  const ofTenure = { limit: tenure, leftMinor: left(tenure, spent.tenureMinor) };
  if (!own) return ofTenure;
  const ofOwn = { limit: own, leftMinor: left(own, spent.ownMinor) };
  return ofOwn.leftMinor < ofTenure.leftMinor ? ofOwn : ofTenure;
}

function left({ limitMinor }: MonthlyLimit, spentMinor: bigint): bigint {
  return limitMinor > spentMinor ? limitMinor - spentMinor : 0n;
}
