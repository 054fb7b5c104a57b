import type { FormerTenure } from '../access/actor.ts';
import { addDays, addMonthsToDate } from '../shared/calendar-date.rules.ts';

/** What part a person had on a line that went to another holder. */
export type LeftAs = 'holder' | 'person';

/** What decides whether the person of an issued ID may still read what was theirs. Dates are business dates. */
export interface FormerFacts {
  /** First day on which the holder no longer holds the line; null while no end is known. */
  readonly holderTo: string | null;
  readonly subscriberState: 'active' | 'ended';
  /** Of an ID that ended because the line went to another holder. */
  readonly leftAs: LeftAs | null;
}

interface Window {
  readonly businessDate: string;
  /** How long former people of a line read what was theirs (`FORMER_HOLDER_MONTHS`); 0: not at all. */
  readonly months: number;
}

/**
 * The tenure that a person may still read after it has ended, whatever became of the line; undefined while the line is held, and
 * after some months. An ID that was ended by itself, for instance because somebody else knew its password, opens nothing.
 */
export function findFormerTenure(
  { holderTo, subscriberState, leftAs }: FormerFacts,
  { businessDate, months }: Window,
): FormerTenure | undefined {
  if (holderTo === null || businessDate < holderTo) return undefined;
  if (subscriberState === 'ended' && leftAs === null) return undefined;
  const endsOn = addMonthsToDate(holderTo, months);
  if (businessDate >= endsOn) return undefined;
  return { heldThrough: addDays(holderTo, -1), readsThrough: addDays(endsOn, -1) };
}
