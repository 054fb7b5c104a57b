import type { Deps } from '../deps.ts';
import type { Seller } from '../companies/seller.queries.ts';
import type { PeriodKey } from '../invoices/ensure-billing-period.ts';
import type { Entitlement } from '../lines/entitlement.queries.ts';
import { periodRange } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { LimitExceeded } from './limit-exceeded.ts';
import { checkLimit, determineLimit } from './limit.rules.ts';

/** An amount, and the billing period that takes it. */
interface Wish extends PeriodKey {
  readonly entitlement: Entitlement;
  readonly businessDate: string;
  readonly amountMinor: bigint;
  /** What the line has spent or reserved in the billing period, without this. */
  readonly spentMinor: bigint;
  readonly perChargeMaxMinor: bigint;
}

/**
 * Refuses an amount that the contract or the line's month has no room for; the lowest limit wins
 * (domain.md §2). All limits count the spending of the whole line in its billing period. Undefined when there
 * is room, else the Problem `amount-above-contract` or `limit-exceeded`.
 */
export function findLimitRefusal({ config }: Pick<Deps, 'config'>, wish: Wish): Problem | undefined {
  const { entitlement, businessDate, amountMinor, spentMinor, perChargeMaxMinor } = wish;
  const limit = determineLimit({
    carrierDefaultMinor: config.lineMonthlyLimitMinor,
    businessDate,
    birthDate: entitlement.birthDate,
    lineLimitMinor: entitlement.lineLimitMinor,
    subscriberLimitMinor: entitlement.subscriberLimitMinor,
  });
  const outcome = checkLimit({ limit, spentMinor, amountMinor, perChargeMaxMinor });
  if (outcome.allowed) return undefined;
  if (outcome.reason === 'per-charge-max') return aboveContract(perChargeMaxMinor);
  const { closesOn } = periodRange(wish.period, wish.closingGroup);
  return new LimitExceeded({ ...outcome, closesOn });
}

/** The same as an assertion. @throws Problem `amount-above-contract`, `limit-exceeded`. */
export function assertWithinLimits(deps: Pick<Deps, 'config'>, wish: Wish): void {
  const refusal = findLimitRefusal(deps, wish);
  if (refusal) throw refusal;
}

/** Refuses an amount that the contract has no room for, before anybody's month is known. @throws Problem `amount-above-contract`. */
export function assertWithinContract(amountMinor: bigint, { perChargeMaxMinor }: Seller): void {
  if (amountMinor > perChargeMaxMinor) throw aboveContract(perChargeMaxMinor);
}

function aboveContract(perChargeMaxMinor: bigint): Problem {
  return new Problem('amount-above-contract', { facts: { maximum: Number(perChargeMaxMinor) } });
}
