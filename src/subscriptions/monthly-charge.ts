import type { LimitsInForce } from '../limits/assert-within-limits.ts';
import type { Deps } from '../deps.ts';
import type { AssignedPeriod } from '../limits/assign-billing-period.ts';
import { taxRateBps } from '../shared/tax.rules.ts';
import type { LockedRenewal } from './lock-renewals.ts';
import { captureInstant } from './renewal.rules.ts';
import type { DueMonth } from './subscription.rules.ts';

/** A month of a subscription as it is captured, column by column. */
export type MonthlyCharge = ReturnType<typeof newMonthlyCharge>;

interface ChargedMonth extends LockedRenewal {
  readonly due: DueMonth;
  readonly period: AssignedPeriod;
  readonly limits: LimitsInForce;
}

/** The charge of one month: captured at once, on the day it is due, in the billing period that takes it. */
export function newMonthlyCharge(deps: Deps, charged: ChargedMonth) {
  const { subscription, entitlement, due, period, limits } = charged;
  const { amountMinor, taxCode } = subscription;
  const { timeZone, taxRates } = deps.config;
  return {
    id: deps.ids.next(),
    companyId: subscription.companyId,
    serviceId: subscription.serviceId,
    kind: 'monthly' as const,
    state: 'captured' as const,
    amountMinor,
    capturedMinor: amountMinor,
    taxCode,
    taxRateBps: taxRateBps(taxCode, due.dueOn, taxRates),
    description: subscription.description,
    reference: subscription.reference,
    automaticCapture: true,
    subscriberId: entitlement.subscriberId,
    lineId: entitlement.lineId,
    holderFrom: entitlement.holderFrom,
    consentId: null,
    subscriptionId: subscription.id,
    subscriptionMonth: due.month,
    createdAt: deps.clock.now(),
    openUntil: null,
    authorizedAt: null,
    authorizedUntil: null,
    limitMinor: limits.limitMinor,
    ownLimitMinor: limits.ownLimitMinor,
    reservedPeriod: period.period,
    capturedAt: captureInstant(due.dueOn, { ...subscription, timeZone }),
    businessDate: due.dueOn,
    billingPeriod: period.period,
    closingGroup: period.closingGroup,
    late: period.late,
    endedAt: null,
    endedBy: null,
  };
}
