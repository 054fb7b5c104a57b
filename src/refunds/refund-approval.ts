import { LockMode } from '@mikro-orm/mariadb';
import type { Actor } from '../access/actor.ts';
import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import { proposeChange } from '../access/approvals/propose-change.ts';
import { ownedBy } from '../access/owned-by.ts';
import { Charge } from '../charges/charge.entity.ts';
import { lockCharge } from '../charges/lock-charge.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { Problem } from '../shared/problem.ts';
import { bookRefund } from './book-refund.ts';
import { planRefund } from './plan-refund.ts';
import { assertAsSeen, checkRefund, type RefundInput } from './refund-input.rules.ts';
import { addToDay } from './refunded-day.ts';
import { findRefunded } from '../charges/refunded-charges.queries.ts';

/** A refund with its amount: what is left may be less by the time it is approved. */
export interface ProposedRefund extends RefundInput {
  readonly amountMinor: bigint;
}

/**
 * A refund above the limits of one person or past the window of the contract. The carrier's people propose it, also for a
 * company that asked; another refund of the charge meanwhile makes the proposal void.
 */
export const refundApproval: ApprovalKind<ProposedRefund> = {
  kind: 'refund.create',
  propose: 'refunds:write',
  approve: 'refunds:approve',
  assertReach(_, { actor }) {
    if (actor.kind === 'staff') return Promise.resolve();
    throw new Problem('permission-denied', { detail: 'Only the carrier’s people propose refunds.' });
  },
  readInput: (stored) =>
    ({ ...stored, amountMinor: BigInt(stored['amountMinor'] as string) }) as unknown as ProposedRefund,
  async lockSubject(tx, { chargeId }) {
    const { id, state, capturedMinor = null } = await lockAnyCharge(tx, chargeId);
    const refundedMinor = (await findRefunded(tx, [id])).get(id) ?? 0n;
    return { subject: `charge:${id}`, version: { state, capturedMinor, refundedMinor } };
  },
  async preview(tx, input) {
    checkRefund(input);
    const plan = await planRefund(tx, await lockAnyCharge(tx, input.chargeId), input);
    const { before, amountMinor, businessDate, refundableThrough, period } = plan;
    return changesBetween(
      { refundedMinor: before.refundedMinor },
      {
        refundedMinor: before.refundedMinor + amountMinor,
        amountMinor,
        capturedMinor: plan.charge.capturedMinor,
        reason: input.reason,
        note: input.note,
        reference: input.reference,
        paidBy: period ? `invoice of ${period.period}` : 'bank',
        ...(businessDate > refundableThrough && { pastWindow: `refundable through ${refundableThrough}` }),
      },
    );
  },
  async execute(tx, { actor, approvalId }, input) {
    checkRefund(input);
    const plan = await planRefund(tx, await lockAnyCharge(tx, input.chargeId), input);
    await addToDay(tx, plan, undefined);
    await bookRefund(tx, plan, { ...input, actor, approvalId });
  },
};

/** For an approval, whose people reach all charges (`assertReach`). @throws Problem `charge-not-found`. */
async function lockAnyCharge(tx: InTransaction<Deps>, id: string): Promise<Charge> {
  const charge = await tx.em.findOne(Charge, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!charge) throw new Problem('charge-not-found');
  return charge;
}

/** A refund to propose, and why another person should approve it. */
export interface RefundProposal {
  readonly refund: RefundInput;
  readonly why: string;
}

/**
 * Proposes a refund; the amount is all that is left unless it is given. Returns the identifier of the proposal.
 * @throws Problem those of `refundCharge` and of `proposeChange`.
 */
export function proposeRefund(
  deps: Deps,
  actor: Actor,
  { refund: asked, why }: RefundProposal,
): Promise<string> {
  const owned = ownedBy(actor, 'refunds:write');
  checkRefund(asked);
  const { seenRefundedMinor, ...refund } = asked;
  return inTransaction(deps, async (tx) => {
    const plan = await planRefund(tx, await lockCharge(tx, owned, refund.chargeId), refund);
    assertAsSeen({ seenRefundedMinor }, plan.before.refundedMinor);
    const { amountMinor } = plan;
    return proposeChange(tx, actor, refundApproval, { input: { ...refund, amountMinor }, reason: why });
  });
}
