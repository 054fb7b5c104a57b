import type { PeriodKey } from '../billing-periods/ensure-billing-period.ts';
import type { Charge } from '../charges/charge.entity.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { clawedBackOf } from '../collections/clawed-back.queries.ts';
import { lockRefundPeriod } from './lock-refund-period.ts';
import type { RefundInput } from './refund-input.rules.ts';
import { getRefundTerms } from './refund-terms.queries.ts';
import { determineRefund, refundableThrough, type ComeBack } from './refund.rules.ts';
import { findRefunded } from '../charges/refunded-charges.queries.ts';

/** A captured charge with what every captured charge has. */
export type CapturedCharge = Charge & {
  readonly capturedMinor: bigint;
  readonly lineId: string;
  readonly holderFrom: string;
  readonly businessDate: string;
  readonly billingPeriod: string;
  readonly closingGroup: NonNullable<Charge['closingGroup']>;
  readonly taxRateBps: number;
};

/** A refund that may be booked now; everything that it depends on is locked. */
export interface RefundPlan {
  readonly charge: CapturedCharge;
  readonly before: ComeBack;
  readonly amountMinor: bigint;
  /** Booked on. */
  readonly businessDate: string;
  /** The open period whose invoice takes it; undefined: it is paid by bank. */
  readonly period: PeriodKey | undefined;
  /** The last business date on which it needs no second person. */
  readonly refundableThrough: string;
}

/**
 * Decides a refund of a locked charge, and locks what it is booked in: the tenure, what it has spent, and the billing period,
 * in the order of src/charges/README.md.
 * @throws Problem `not-captured`, `refund-too-large`, `claim-returned`, `partial-not-allowed`, `contract-missing`.
 */
export async function planRefund(
  tx: InTransaction<Deps>,
  charge: Charge,
  { amountMinor: wantedMinor }: Pick<RefundInput, 'amountMinor'>,
): Promise<RefundPlan> {
  if (!isCaptured(charge)) throw new Problem('not-captured', { facts: { state: charge.state } });
  const { id, lineId, holderFrom, billingPeriod: chargePeriod } = charge;
  const terms = await getRefundTerms(tx, charge);
  const before = {
    refundedMinor: (await findRefunded(tx, [id])).get(id) ?? 0n,
    clawedBackMinor: (await clawedBackOf(tx, [id])).get(id) ?? 0n,
  };
  const amountMinor = determineRefund({ charge, before, terms, amountMinor: wantedMinor });
  if (amountMinor instanceof Problem) throw amountMinor;
  const businessDate = businessDateOf(tx.clock.now(), tx.config.timeZone);
  const period = await lockRefundPeriod(tx, { lineId, holderFrom, businessDate, chargePeriod });
  return {
    charge,
    before,
    amountMinor,
    businessDate,
    period,
    refundableThrough: refundableThrough(charge, terms),
  };
}

function isCaptured(charge: Charge): charge is CapturedCharge {
  return charge.state === 'captured';
}
