import type { Entitlement } from '../lines/entitlement.queries.ts';
import { findPurchaseRefusal } from '../safeguards/permitted-purchase.rules.ts';
import { applySafeguards, type SafeguardsInForce } from '../safeguards/safeguard.queries.ts';
import { findLineRefusal, type EntitlementFacts } from '../lines/entitlement.rules.ts';
import type { ClosingGroup } from '../shared/calendar.rules.ts';
import type { EligibleProduct } from '../shared/access-product.rules.ts';
import { contains, type DateRange } from '../shared/date-range.rules.ts';
import { Problem } from '../shared/problem.ts';

/** The terms of a contract that matter for one charge. */
export interface ContractTerms extends DateRange {
  readonly perChargeMaxMinor: bigint;
  readonly lateCharges: 'accept' | 'refuse';
}

/** Everything that may allow or forbid a use under a consent. Whatever is null was never agreed. */
export interface UsageTerms {
  readonly consentId: string;
  readonly companyId: number;
  readonly serviceId: number;
  readonly consentState: string;
  readonly perChargeMaxMinor: bigint | null;
  readonly serviceState: string;
  readonly companyState: string;
  readonly subscriberId: number | null;
  readonly subscriberState: EntitlementFacts['subscriberState'] | null;
  readonly subscriberLimitMinor: bigint | null;
  readonly lineId: string | null;
  readonly lineStatus: EntitlementFacts['lineStatus'] | null;
  readonly closingGroup: ClosingGroup | null;
  readonly lineLimitMinor: bigint | null;
  readonly holderFrom: string | null;
  readonly holderTo: string | null;
  readonly birthDate: string | null;
  /** The holder of the line has set safeguards, so they have to be read. */
  readonly hasSafeguards: number | null;
  readonly product: string | null;
  readonly options: string | null;
}

/** A use that is allowed as far as consent, line and contract go. */
export interface AllowedUsage {
  readonly serviceId: number;
  readonly entitlement: Entitlement;
  readonly contract: ContractTerms;
}

interface UsageRequest {
  readonly terms: UsageTerms | undefined;
  readonly contracts: readonly ContractTerms[];
  readonly inForce: SafeguardsInForce;
  readonly businessDate: string;
  readonly amountMinor: bigint;
  readonly eligibleProducts: readonly EligibleProduct[];
}

/**
 * Decides whether a use is covered by its consent on a business date, before the limits of the month.
 * A line that has moved to another holder ends what the former one agreed to (domain.md §2).
 */
export function allowUsage({
  terms,
  contracts,
  inForce,
  businessDate,
  amountMinor,
  eligibleProducts,
}: UsageRequest): AllowedUsage | Problem {
  if (!terms) return new Problem('consent-not-found');
  if (terms.consentState !== 'active') {
    return new Problem('consent-not-active', { facts: { state: terms.consentState } });
  }
  if (terms.companyState !== 'active' || terms.serviceState !== 'active')
    return new Problem('company-suspended');
  const contract = contracts.find((validity) => contains(validity, businessDate));
  if (!contract) return new Problem('contract-missing');
  const entitlement = determineEntitlement(terms, { inForce, businessDate, eligibleProducts });
  if (entitlement instanceof Problem) return entitlement;
  if (terms.perChargeMaxMinor !== null && amountMinor > terms.perChargeMaxMinor) {
    return new Problem('amount-above-consent', {
      facts: { maximum: Number(terms.perChargeMaxMinor) },
      errors: [{ pointer: '/amount', message: 'is above the maximum of the consent' }],
    });
  }
  const { companyId, serviceId } = terms;
  // The company learns that the subscriber does not permit it, and not what is set.
  if (findPurchaseRefusal(entitlement, { companyId, serviceId, amountMinor }))
    return new Problem('purchase-not-permitted');
  return { serviceId, entitlement, contract };
}

const ENDED = 'entitlement-ended';

function determineEntitlement(
  terms: UsageTerms,
  {
    inForce,
    businessDate,
    eligibleProducts,
  }: Pick<UsageRequest, 'inForce' | 'businessDate' | 'eligibleProducts'>,
): Entitlement | Problem {
  const { subscriberId, subscriberState, lineId, lineStatus, closingGroup, holderFrom, holderTo } = terms;
  if (subscriberId === null || lineId === null || holderFrom === null) return new Problem(ENDED);
  if (subscriberState === null || lineStatus === null || closingGroup === null) return new Problem(ENDED);
  const { birthDate, lineLimitMinor, subscriberLimitMinor, product, options } = terms;
  const facts = { lineStatus, subscriberState, holderFrom, holderTo, product, options };
  const refusal = findLineRefusal(facts, businessDate, eligibleProducts);
  if (refusal) return new Problem(refusal);
  const buyer = { subscriberId, lineId, holderFrom };
  return applySafeguards(
    { ...buyer, closingGroup, birthDate, lineLimitMinor, subscriberLimitMinor },
    inForce,
  );
}
