/**
 * Why somebody asks for personal data. `caller`: the person on the telephone says who they are, which has to be checked. `case`:
 * a mail or a case is answered. `letter`: something is sent by post. `check`: another's work is looked over. `other`: a note says.
 */
export const revealReasons = ['caller', 'case', 'letter', 'check', 'other'] as const;
export type RevealReason = (typeof revealReasons)[number];

/** How long personal data stays visible for the person who asked, in minutes: longer than a call, shorter than a shift. */
export const REVEAL_MINUTES = 30;

const MIN_UNUSUAL = 30;
const TIMES_MEDIAN = 3;

/** How many tenures a person looked at on a day. */
export interface RevealCount {
  readonly actor: string;
  readonly tenures: number;
}

/**
 * Who looked at unusually many on a day: more than 30 tenures, and more than three times the median of all who looked at any that day.
 * With one person alone there is nobody to compare with, and the first rule decides.
 */
export function findUnusual(counts: readonly RevealCount[]): RevealCount[] {
  const median = medianOf(counts.map(({ tenures }) => tenures));
  return counts.filter(
    ({ tenures }) => tenures > MIN_UNUSUAL && (counts.length === 1 || tenures > TIMES_MEDIAN * median),
  );
}

/** The lower one of the two in the middle, so that one of two people can stand out. */
function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}
