import { contains } from '../shared/date-range.rules.ts';

/** What decides whether a subscriber may buy on a line. Dates are business dates. */
export interface EntitlementFacts {
  readonly state: 'active' | 'ended';
  readonly lineStatus: 'active' | 'suspended' | 'closed';
  readonly holderFrom: string;
  /** First day after the tenure under which the ID was issued; null while it lasts. */
  readonly holderTo: string | null;
}

/**
 * Whether a subscriber is entitled on a business date. An issued ID belongs to the line holder it was
 * issued under: when the line changes hands, the entitlement ends on that day (domain.md section 2).
 */
export function isEntitled(facts: EntitlementFacts, businessDate: string): boolean {
  const isHeld = contains({ validFrom: facts.holderFrom, validTo: facts.holderTo }, businessDate);
  return facts.state === 'active' && facts.lineStatus === 'active' && isHeld;
}
