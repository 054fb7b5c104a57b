/**
 * Why somebody asks for personal data. `caller`: the person on the telephone says who they are, which has to be checked. `case`:
 * a mail or a case is answered. `letter`: something is sent by post. `check`: another's work is looked over. `other`: a note says.
 */
export const revealReasons = ['caller', 'case', 'letter', 'check', 'other'] as const;
export type RevealReason = (typeof revealReasons)[number];

/** How long personal data stays visible for the person who asked, in minutes: longer than a call, shorter than a shift. */
export const REVEAL_MINUTES = 30;

/** Fewer than these a day stand out never: a call needs one tenure, and a search or two until the caller is found. */
const MIN_UNUSUAL = { tenures: 30, searches: 100 } as const;
const TIMES_MEDIAN = 3;

/** What a person looked at on a day: how many tenures, and how many searches by name, telephone number or mail address. */
export interface RevealCount {
  readonly actor: string;
  readonly tenures: number;
  readonly searches: number;
}

/**
 * Who looked at unusually many on a day: more than 30 tenures or 100 searches for people, and more than three times the median of all who
 * did the same that day. With one person alone there is nobody to compare with, and the number decides.
 */
export function findUnusual<Count extends RevealCount>(counts: readonly Count[]): Count[] {
  const unusual = new Set([...findAbove(counts, 'tenures'), ...findAbove(counts, 'searches')]);
  return counts.filter((count) => unusual.has(count));
}

function findAbove<Count extends RevealCount>(
  counts: readonly Count[],
  what: keyof typeof MIN_UNUSUAL,
): Count[] {
  const some = counts.filter((count) => count[what] > 0);
  const median = medianOf(some.map((count) => count[what]));
  return some.filter(
    (count) => count[what] > MIN_UNUSUAL[what] && (some.length === 1 || count[what] > TIMES_MEDIAN * median),
  );
}

/** The lower one of the two in the middle, so that one of two people can stand out. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
