import { addDays } from '../shared/calendar-date.rules.ts';
import { contains, lastDay } from '../shared/date-range.rules.ts';
import type { EligibleProduct } from '../shared/access-product.rules.ts';
import { isEligible, type LineAccess } from './eligibility.rules.ts';

/** What decides whether a person may buy on a line. Dates are business dates. */
export interface EntitlementFacts {
  readonly lineStatus: 'active' | 'suspended' | 'closed';
  readonly subscriberState: 'active' | 'ended';
  /** First day of the tenure that the issued ID was issued under. */
  readonly holderFrom: string;
  /** First day on which that holder no longer holds the line; null while no end is known. */
  readonly holderTo: string | null;
}

/** Whether a person may buy on a line, or the first reason why not. */
export type EntitlementStatus = 'entitled' | 'line-not-active' | 'subscriber-ended' | 'line-not-held';

/**
 * The one rule of who may buy on a line (domain.md §2): the line is active, the issued ID has not ended, and the holder under
 * whom the ID was issued still holds the line. When a line moves to another holder, the entitlement ends on that day.
 * Sign-in, checkout, uses under a consent and captures apply this function; renewals apply `entitledThrough`.
 */
export function entitlementStatus(facts: EntitlementFacts, businessDate: string): EntitlementStatus {
  const { lineStatus, subscriberState, holderFrom, holderTo } = facts;
  if (lineStatus !== 'active') return 'line-not-active';
  if (subscriberState !== 'active') return 'subscriber-ended';
  return contains({ validFrom: holderFrom, validTo: holderTo }, businessDate) ? 'entitled' : 'line-not-held';
}

/** The part of the rule that does not depend on the date; the other part is who holds the line. */
export function isUsable(facts: Pick<EntitlementFacts, 'lineStatus' | 'subscriberState'>): boolean {
  return facts.lineStatus === 'active' && facts.subscriberState === 'active';
}

/** Whether a person may buy on a line on a business date. */
export function isEntitled(facts: EntitlementFacts, businessDate: string): boolean {
  return entitlementStatus(facts, businessDate) === 'entitled';
}

/** What decides whether something new may be bought on a line. */
export interface PurchaseFacts extends EntitlementFacts, LineAccess {}

/**
 * Why a purchase on a line is refused; undefined if it is not: the person must be entitled, and the line one that may pay. Asked
 * when a charge is authorized, a subscription joined, a consent granted, and for each use under one. What was agreed before a
 * line changed to a product that may not pay stays: captures of authorized charges, and months of subscriptions.
 */
export function findLineRefusal(
  facts: PurchaseFacts,
  businessDate: string,
  eligibleProducts: readonly EligibleProduct[],
): 'entitlement-ended' | 'line-not-eligible' | undefined {
  if (!isEntitled(facts, businessDate)) return 'entitlement-ended';
  return isEligible(eligibleProducts, facts) ? undefined : 'line-not-eligible';
}

/** The same facts, with the day on which the issued ID was ended. */
export interface EndingFacts extends Pick<EntitlementFacts, 'lineStatus' | 'holderTo'> {
  readonly subscriberEndedOn: string | null;
}

/**
 * Last business date on which line and person were entitled, undefined while they still are. The line master
 * has no date for the suspension or closing of a line: it counts from the business date on which it is found.
 */
export function entitledThrough(facts: EndingFacts, businessDate: string): string | undefined {
  const { lineStatus, holderTo, subscriberEndedOn } = facts;
  const ends: string[] = [];
  if (lineStatus !== 'active') ends.push(addDays(businessDate, -1));
  const lastHeld = lastDay({ validTo: holderTo });
  if (lastHeld !== null && lastHeld < businessDate) ends.push(lastHeld);
  if (subscriberEndedOn !== null && subscriberEndedOn <= businessDate) ends.push(subscriberEndedOn);
  return ends.sort()[0];
}
