import { businessDateOf, startOfBusinessDate } from '../shared/calendar.rules.ts';
import { entitledThrough, type EndingFacts } from '../lines/entitlement.rules.ts';
import { listDueThrough, type DueMonth, type SubscriptionTerms } from './subscription.rules.ts';

export interface Renewal {
  /** Months to bill, oldest first. */
  readonly dues: readonly DueMonth[];
  /** Last day of the subscription, once these months are billed; undefined while it continues. */
  readonly endsOn: string | undefined;
}

interface Renewable {
  readonly terms: SubscriptionTerms;
  /** What became of the line and the person since they joined. */
  readonly ending: EndingFacts;
  readonly businessDate: string;
}

/**
 * Which months of a subscription are due by a business date, and whether it ends. It ends with the entitlement of its line:
 * when the line gets another holder or is no longer active, or the issued ID ends. Months that fell due before
 * that are billed to the holder of that day; a month whose charge day had not come is not billed, because
 * nobody cancelled (our decision).
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
 * The instant at which a month counts as captured: the start of its due date, or the joining or cancelling
 * later on that day. So its local date is the due date, whichever night bills it.
 */
export function captureInstant(dueOn: string, { joinedAt, leftAt, timeZone }: Moments): Date {
  const thatDay = [joinedAt, leftAt].flatMap((moment) =>
    moment !== null && businessDateOf(moment, timeZone) === dueOn ? [moment.getTime()] : [],
  );
  return new Date(Math.max(startOfBusinessDate(dueOn, timeZone).getTime(), ...thatDay));
}
