import type { Deps } from '../deps.ts';
import type { SellingTerms } from '../contracts/selling-terms.queries.ts';
import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import type { Entitlement } from '../lines/entitlement.queries.ts';
import { periodRange } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { LimitExceeded, type MonthRoom } from './limit-exceeded.ts';
import { checkLimit, determineLimits, determineRoom, type Spent } from './limit.rules.ts';

/** An amount, and the billing period that takes it. */
interface LimitRequest extends PeriodKey {
  readonly entitlement: Entitlement;
  readonly businessDate: string;
  readonly amountMinor: bigint;
  /** What counts against the limits already, without this. */
  readonly spent: Spent;
  readonly perChargeMaxMinor: bigint;
}

/** The limits in force when a charge was allowed, as they stand on it. */
export interface LimitsInForce {
  readonly limitMinor: bigint;
  readonly ownLimitMinor: bigint | null;
}

/**
 * Checks an amount against the contract and the month: what is booked in the billing period and all that is authorized
 * and open, with this, is within the lowest limit now in force (domain.md §2). The limits in force when there
 * is room, else the Problem `amount-above-contract` or `limit-exceeded`.
 */
export function checkLimits(
  { config }: Pick<Deps, 'config'>,
  request: LimitRequest,
): LimitsInForce | Problem {
  const { amountMinor, spent, perChargeMaxMinor } = request;
  const limits = limitsOf(config, request);
  const outcome = checkLimit({ limits, spent, amountMinor, perChargeMaxMinor });
  if (outcome.allowed)
    return { limitMinor: limits.tenure.limitMinor, ownLimitMinor: limits.own?.limitMinor ?? null };
  if (outcome.reason === 'per-charge-max') return aboveContract(perChargeMaxMinor);
  const { closesOn } = periodRange(request.period, request.closingGroup);
  return new LimitExceeded({ ...outcome, closesOn });
}

/** What a month has room for before a purchase, by the limit that leaves least. */
export function roomOfMonth(
  { config }: Pick<Deps, 'config'>,
  month: Omit<LimitRequest, 'amountMinor' | 'perChargeMaxMinor'>,
): MonthRoom {
  const { limit, leftMinor } = determineRoom(limitsOf(config, month), month.spent);
  const { closesOn } = periodRange(month.period, month.closingGroup);
  return { limitMinor: limit.limitMinor, remainingMinor: leftMinor, closesOn };
}

/** The limits of a person and of their line on a day, in minor units. */
export function limitsOf(
  { lineMonthlyLimitMinor }: Deps['config'],
  { entitlement, businessDate }: Pick<LimitRequest, 'entitlement' | 'businessDate'>,
) {
  return determineLimits({
    carrierDefaultMinor: lineMonthlyLimitMinor,
    businessDate,
    birthDate: entitlement.birthDate,
    lineLimitMinor: entitlement.lineLimitMinor,
    subscriberLimitMinor: entitlement.subscriberLimitMinor,
  });
}

/** The same as an assertion. @throws Problem `amount-above-contract`, `limit-exceeded`. */
export function assertWithinLimits(deps: Pick<Deps, 'config'>, request: LimitRequest): LimitsInForce {
  const outcome = checkLimits(deps, request);
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}

/** Refuses an amount that the contract has no room for, before anybody's month is known. @throws Problem `amount-above-contract`. */
export function assertWithinContract(amountMinor: bigint, { perChargeMaxMinor }: SellingTerms): void {
  if (amountMinor > perChargeMaxMinor) throw aboveContract(perChargeMaxMinor);
}

function aboveContract(perChargeMaxMinor: bigint): Problem {
  return new Problem('amount-above-contract', {
    facts: { maximum: Number(perChargeMaxMinor) },
    errors: [{ pointer: '/amount', message: 'is above the maximum per charge of the contract' }],
  });
}
