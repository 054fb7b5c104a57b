/** What is known about a charge when the result of its invoice changes, in minor units. */
export interface ChargeExposure {
  readonly chargeId: string;
  /** Its share of what is uncollected now. */
  readonly uncollectedMinor: bigint;
  readonly capturedMinor: bigint;
  /** All its refunds, on whatever invoice or by bank. */
  readonly refundedMinor: bigint;
  /** Clawbacks less recoveries so far; of a company without recourse, what the carrier bears so far. */
  readonly clawedBackMinor: bigint;
}

/** The difference to post for one charge. */
export interface ClawbackStep {
  readonly chargeId: string;
  readonly kind: 'clawback' | 'recovery';
  readonly amountMinor: bigint;
}

/**
 * What a charge costs its company because it is uncollected: a charge costs its company once, so what was refunded is not
 * clawed back as well (domain.md section 4).
 */
export function clawbackOf(charge: Omit<ChargeExposure, 'clawedBackMinor'>): bigint {
  const kept = charge.capturedMinor - charge.refundedMinor;
  return charge.uncollectedMinor < kept ? charge.uncollectedMinor : kept;
}

/**
 * The steps from what is clawed back to what has to be. After a partial recovery the whole of what is still uncollected is
 * divided again, so that sums are exact at any time: a recovery may then claw one yen back from a single charge.
 */
export function listClawbackSteps(charges: readonly ChargeExposure[]): ClawbackStep[] {
  return charges.flatMap((charge): ClawbackStep[] => {
    const difference = clawbackOf(charge) - charge.clawedBackMinor;
    if (difference === 0n) return [];
    const { chargeId } = charge;
    return difference > 0n
      ? [{ chargeId, kind: 'clawback', amountMinor: difference }]
      : [{ chargeId, kind: 'recovery', amountMinor: -difference }];
  });
}
