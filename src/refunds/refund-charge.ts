import type { Actor } from '../access/actor.ts';
import { assertProvenPerson } from '../access/approvals/approval.rules.ts';
import { ownedBy } from '../access/owned-by.ts';
import { lockCharge } from '../charges/lock-charge.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { bookRefund, type RefundRow } from './book-refund.ts';
import { planRefund } from './plan-refund.ts';
import { assertAsSeen, checkRefund, type RefundInput } from './refund-input.rules.ts';
import { exceededLimit, needsApproval, refunderOf } from './refund-limits.rules.ts';
import { windowPassed } from './refund.rules.ts';
import { addToDay } from './refunded-day.ts';

/**
 * Gives back a captured charge, or a part of it, to the holder who paid for it: as an item of the tenure's open invoice, or by
 * bank where that tenure has none any more. The same for a company's program and people and for the carrier's people.
 * Several refunds of a charge, also at once, never exceed what was captured: the charge is locked, and the database refuses
 * it by itself. Above the limits of one person, and past the window of the contract, nothing is booked: it has to be
 * proposed (`proposeRefund`).
 * @throws Problem `charge-not-found`, `invalid-request`, `not-captured`, `refund-too-large`, `partial-not-allowed`,
 * `claim-returned`, `refund-window-passed` (a company), `refund-needs-approval`, `contract-missing`; `illegal-state` when `seenRefundedMinor` has changed; `approval-needs-person` for a
 * name on the command line of production, which would have a day's limit for each name.
 */
export function refundCharge(deps: Deps, actor: Actor, input: RefundInput): Promise<RefundRow> {
  const owned = ownedBy(actor, 'refunds:write');
  const isCompany = actor.kind === 'company-key' || actor.kind === 'company-user';
  if (!isCompany) assertProvenPerson(actor, deps.config.mode);
  checkRefund(input);
  return inTransaction(deps, async (tx) => {
    const { refundLimits, carrier } = tx.config;
    const plan = await planRefund(tx, await lockCharge(tx, owned, input.chargeId), input);
    assertAsSeen(input, plan.before.refundedMinor);
    if (plan.businessDate > plan.refundableThrough) {
      throw isCompany ? windowPassed(plan.refundableThrough) : needsApproval('window', carrier.contactEn);
    }
    const sums = await addToDay(tx, plan, refunderOf(actor));
    const exceeded = exceededLimit(refundLimits, sums, isCompany);
    if (exceeded) throw needsApproval(exceeded, carrier.contactEn);
    return bookRefund(tx, plan, { ...input, actor, approvalId: null });
  });
}
