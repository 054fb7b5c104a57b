import { businessDateOf, startOfBusinessDate } from '../shared/calendar.rules.ts';
import { entitledThrough, type EndingFacts } from '../lines/entitlement.rules.ts';
import { listDueThrough, type DueMonth, type SubscriptionTerms } from './subscription.rules.ts';

export interface Renewal {
  /** Months to settle, oldest first. */
  readonly dues: readonly DueMonth[];
  /** Last day of the subscription, once these months are settled; undefined while it goes on. */
  readonly endsOn: string | undefined;
}

interface Renewable {
  readonly terms: SubscriptionTerms;
  /** What became of the line and the person since they joined. */
  readonly ending: EndingFacts;
  readonly businessDate: string;
}

/**
 * What a subscription owes through a business date, and whether it ends. The line's entitlement bounds it: with
 * another holder, a line that is no longer active or an ended ID it ends by itself. Months that fell due before
 * that stay with the holder of that day; a month whose charge day was still to come is not billed, for
 * nobody chose to leave (our decision).
 */
export function determineRenewal({ terms, ending, businessDate }: Renewable): Renewal {
  const { joinedOn, leftOn } = terms;
  const entitled = entitledThrough(ending, businessDate);
  if (entitled === undefined || (leftOn !== undefined && leftOn <= entitled)) {
    const endsOn = leftOn !== undefined && leftOn <= businessDate ? leftOn : undefined;
    return { dues: listDueThrough(terms, businessDate), endsOn };
  }
  const dues = listDueThrough({ ...terms, leftOn: undefined }, entitled);
  return { dues, endsOn: entitled < joinedOn ? joinedOn : entitled };
}

interface Moments {
  readonly joinedAt: Date | null;
  readonly leftAt: Date | null;
  readonly timeZone: string;
}

/**
 * The instant at which a month counts as captured: the start of the day it is due, or the joining or leaving
 * when that was later on the day. So its local date is the due date, whenever the night comes round to it.
 */
export function captureInstant(dueOn: string, { joinedAt, leftAt, timeZone }: Moments): Date {
  const thatDay = [joinedAt, leftAt].flatMap((moment) =>
    moment !== null && businessDateOf(moment, timeZone) === dueOn ? [moment.getTime()] : [],
  );
  return new Date(Math.max(startOfBusinessDate(dueOn, timeZone).getTime(), ...thatDay));
}
