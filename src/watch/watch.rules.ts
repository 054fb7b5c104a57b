/** The figures of a service, or of all services of a company, in a span and the span before. */
export interface WatchFigures {
  readonly chargeCount: number;
  readonly chargedMinor: bigint;
  /** Refunds of what was sold in the span, whenever they were booked. */
  readonly refundCount: number;
  readonly refundedMinor: bigint;
  /** Cases that were opened in the span. */
  readonly caseCount: number;
  /** Of them, about the first charge of the line at the company. */
  readonly firstChargeCount: number;
  /** Lines that were charged the amount that most lines were charged, of all lines counted; zeros where it was not counted. */
  readonly sameAmountLines: number;
  readonly countedLines: number;
  readonly chargeCountBefore: number;
}

export const watchRuleNames = [
  'refund-count',
  'refund-amount',
  'complaints',
  'first-charge',
  'same-amount',
  'steep-rise',
] as const;

export type WatchRuleName = (typeof watchRuleNames)[number];

/** A rule: a share of two figures, from which share on it flags, and the fewest cases it takes. */
export interface WatchRule {
  readonly name: WatchRuleName;
  readonly share: (figures: WatchFigures) => readonly [part: bigint, whole: bigint];
  /** Flags from here on, in thousandths. */
  readonly fromPerMille: number;
  readonly cases: (figures: WatchFigures) => number;
  /** Fewer flag nobody. */
  readonly leastCases: number;
}

const counts = (part: number, whole: number) => [BigInt(part), BigInt(whole)] as const;

/** The rules and their thresholds (our decision); why each is there stands on the page, `billing.watch.why.NAME`. */
export const watchRules: readonly WatchRule[] = [
  {
    // Refunds of digital goods are rare: one in twenty is no accident.
    name: 'refund-count',
    share: ({ refundCount, chargeCount }) => counts(refundCount, chargeCount),
    fromPerMille: 50,
    cases: ({ refundCount }) => refundCount,
    leastCases: 5,
  },
  {
    // A few large refunds among many small charges do not show in their number.
    name: 'refund-amount',
    share: ({ refundedMinor, chargedMinor }) => [refundedMinor, chargedMinor],
    fromPerMille: 100,
    cases: ({ refundCount }) => refundCount,
    leastCases: 3,
  },
  {
    // Few who are charged wrongly complain: three in a thousand stand for many.
    name: 'complaints',
    share: ({ caseCount, chargeCount }) => counts(caseCount, chargeCount),
    fromPerMille: 3,
    cases: ({ caseCount }) => caseCount,
    leastCases: 3,
  },
  {
    // Who complains about the first charge never meant to become a customer.
    name: 'first-charge',
    share: ({ firstChargeCount, caseCount }) => counts(firstChargeCount, caseCount),
    fromPerMille: 500,
    cases: ({ firstChargeCount }) => firstChargeCount,
    leastCases: 3,
  },
  {
    // People choose different things; a list of numbers is charged one amount.
    name: 'same-amount',
    share: ({ sameAmountLines, countedLines }) => counts(sameAmountLines, countedLines),
    fromPerMille: 900,
    cases: ({ sameAmountLines }) => sameAmountLines,
    leastCases: 50,
  },
  {
    // A service without customers yesterday and with many today needs a look, whatever the reason.
    name: 'steep-rise',
    share: ({ chargeCount, chargeCountBefore }) => counts(chargeCount, chargeCountBefore),
    fromPerMille: 3_000,
    cases: ({ chargeCount }) => chargeCount,
    leastCases: 100,
  },
];

/** What a rule finds. */
export interface WatchFinding {
  readonly rule: WatchRuleName;
  /** In thousandths, rounded down; undefined where the whole is nothing and the part is not: it is beyond every threshold. */
  readonly perMille: bigint | undefined;
  readonly cases: number;
  readonly isFlagged: boolean;
}

/** Every rule against the figures, in the order of the table. */
export function applyRules(figures: WatchFigures): WatchFinding[] {
  return watchRules.map(({ name, share, fromPerMille, cases: casesOf, leastCases }) => {
    const [part, whole] = share(figures);
    const cases = casesOf(figures);
    const perMille = whole > 0n ? (part * 1_000n) / whole : part > 0n ? undefined : 0n;
    // Compared without the rounding.
    const isOver = part > 0n && part * 1_000n >= BigInt(fromPerMille) * whole;
    return { rule: name, perMille, cases, isFlagged: isOver && cases >= leastCases };
  });
}

/** From so many charges in a span on, it is counted to how many lines the same amount goes. */
export const MANY_CHARGES = 50;

/** The figures of several services together. Lines are not added up: they may be the same ones. */
export function sumFigures(all: readonly WatchFigures[]): WatchFigures {
  return all.reduce(
    (sum, one) => ({
      chargeCount: sum.chargeCount + one.chargeCount,
      chargedMinor: sum.chargedMinor + one.chargedMinor,
      refundCount: sum.refundCount + one.refundCount,
      refundedMinor: sum.refundedMinor + one.refundedMinor,
      caseCount: sum.caseCount + one.caseCount,
      firstChargeCount: sum.firstChargeCount + one.firstChargeCount,
      sameAmountLines: 0,
      countedLines: 0,
      chargeCountBefore: sum.chargeCountBefore + one.chargeCountBefore,
    }),
    NOTHING_SOLD,
  );
}

export const NOTHING_SOLD: WatchFigures = {
  chargeCount: 0,
  chargedMinor: 0n,
  refundCount: 0,
  refundedMinor: 0n,
  caseCount: 0,
  firstChargeCount: 0,
  sameAmountLines: 0,
  countedLines: 0,
  chargeCountBefore: 0,
};
