import type { Actor } from '../access/actor.ts';
import { changesBetween, type ApprovalKind } from '../access/approvals/approval-kind.ts';
import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { proposeChange } from '../access/approvals/propose-change.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { authorize } from '../access/authorize.ts';
import { sqlOf } from '../database/sql.ts';
import { inTransaction, type InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { Problem } from '../shared/problem.ts';
import { findCollectedLater } from './bank-refund-decision.rules.ts';
import { readRefundedCharges } from './refunded-charges.queries.ts';

/** What is paid of a cancelled refund by bank, because it was collected after all. */
export interface Reopening {
  readonly refundId: string;
  /** In minor units: all that was collected since. */
  readonly amountMinor: bigint;
}

/**
 * A refund by bank that was cancelled, in whole or in part, because its charge was not collected, and then was. What was decided stays;
 * what came later becomes payable too, to the account of the former holder: with the rest as long as no payout of it is planned, by a
 * payout of its own once the rest is paid. Another result meanwhile makes the proposal void.
 */
export const reopenRefundApproval: ApprovalKind<Reopening> = {
  kind: 'refund.reopen',
  propose: 'refunds:write',
  approve: 'refunds:approve',
  assertReach: (_, { actor }) => Promise.resolve(assertOfCarrier(actor)),
  readInput: ({ refundId, amountMinor }) => ({
    refundId: refundId as string,
    amountMinor: BigInt(amountMinor as string),
  }),
  async lockSubject(tx, { refundId }) {
    const { state, payableMinor, lateMinor, collectedLaterMinor } = await lockCancelled(tx, refundId);
    return {
      subject: `refund:${refundId}`,
      version: { state, payableMinor, lateMinor, collectedLaterMinor },
    };
  },
  async preview(tx, input) {
    const { payableMinor, lateMinor } = await lockReopenable(tx, input);
    const before = payableMinor + lateMinor;
    return changesBetween({ payableMinor: before }, { payableMinor: before + input.amountMinor });
  },
  execute: reopen,
};

/**
 * Proposes to pay all that was collected after a refund by bank was cancelled.
 * @throws Problem `refund-not-found`, `approval-changes-nothing`, and those of `proposeChange`.
 */
export function proposeReopening(
  deps: Deps,
  actor: Actor,
  { refundId, why }: { readonly refundId: string; readonly why: string },
): Promise<{ readonly approvalId: string; readonly amountMinor: bigint }> {
  authorize(actor, 'refunds:write');
  assertOfCarrier(actor);
  return inTransaction(deps, async (tx) => {
    const { collectedLaterMinor: amountMinor } = await lockCancelled(tx, refundId);
    const input = { refundId, amountMinor };
    const approvalId = await proposeChange(tx, actor, reopenRefundApproval, { input, reason: why });
    return { approvalId, amountMinor };
  });
}

function assertOfCarrier(actor: Actor): void {
  if (actor.kind === 'staff') return;
  throw new Problem('permission-denied', { detail: 'Only the carrier’s people pay former holders.' });
}

/** Makes the amount payable; the database refuses any but the one that was approved. */
async function reopen(tx: InTransaction<Deps>, authority: ChangeAuthority, input: Reopening): Promise<void> {
  const { approvalId } = authority;
  if (approvalId === null) throw new Problem('approval-required');
  const { refundId, amountMinor } = input;
  const refund = await lockReopenable(tx, input);
  const { lateMinor, billingPeriod, today } = refund;
  await sqlOf(tx.em)
    .updateTable('bank_refund')
    .set({ state: 'payable', lateMinor: lateMinor + amountMinor, lateOn: today, lateApprovalId: approvalId })
    .$if(refund.state === 'paid', (query) => query.set(nextPart(refund)))
    .where('refundId', '=', refundId)
    .execute();
  await postEntries(tx, [
    {
      businessDate: today,
      journalId: refundId,
      kind: 'refund-reopened',
      debit: 'uncollected-receivable',
      credit: 'refund-payable',
      amountMinor,
      billingPeriod,
    },
  ]);
  await recordAudit(tx, {
    actor: authority.actorName,
    action: 'refund.reopen',
    subject: `refund:${refundId}`,
    facts: { amountMinor: String(amountMinor), ...authority.facts },
  });
}

/** What is paid stays paid; what came later is a payout of its own. */
function nextPart({ part, payableMinor, lateMinor }: CancelledRefund) {
  return { part: part + 1, paidMinor: payableMinor + lateMinor, payoutId: null, paidOn: null };
}

interface CancelledRefund {
  readonly state: 'waiting' | 'payable' | 'paid' | 'cancelled';
  readonly payableMinor: bigint;
  readonly lateMinor: bigint;
  readonly lateOn: string | null;
  readonly part: number;
  /** What was collected of it since it was decided, and is not reopened. */
  readonly collectedLaterMinor: bigint;
  readonly billingPeriod: string;
  readonly today: string;
}

/** Locks a refund by bank, then how far its invoice is collected, as the job does that decides it. */
async function lockCancelled(tx: InTransaction<Deps>, refundId: string): Promise<CancelledRefund> {
  const refund = await sqlOf(tx.em)
    .selectFrom('bank_refund')
    .select(['state', 'payableMinor', 'lateMinor', 'lateOn', 'part'])
    .where('refundId', '=', refundId)
    .forUpdate()
    .executeTakeFirst();
  if (!refund) throw new Problem('refund-not-found', { detail: 'This is no refund by bank.' });
  const today = businessDateOf(tx.clock.now(), tx.config.timeZone);
  const [charge] = await readRefundedCharges(tx, { refundIds: [refundId], today, lock: true });
  const collectedLaterMinor = (charge && findCollectedLater(charge).get(refundId)) ?? 0n;
  return { ...refund, collectedLaterMinor, billingPeriod: charge?.invoice.billingPeriod ?? '', today };
}

/** The same, if it can be reopened by this amount. @throws Problem `approval-changes-nothing` */
async function lockReopenable(
  tx: InTransaction<Deps>,
  { refundId, amountMinor }: Reopening,
): Promise<CancelledRefund> {
  const refund = await lockCancelled(tx, refundId);
  const payouts = await sqlOf(tx.em)
    .selectFrom('payout')
    .select('id')
    .where('refundId', '=', refundId)
    .where('part', '=', refund.part)
    .limit(1)
    .execute();
  const fault = findFault(refund, amountMinor, payouts.length > 0);
  if (fault !== undefined) throw new Problem('approval-changes-nothing', { detail: fault });
  return refund;
}

function findFault(refund: CancelledRefund, amountMinor: bigint, hasPayout: boolean): string | undefined {
  if (refund.collectedLaterMinor === 0n || amountMinor !== refund.collectedLaterMinor)
    return 'Nothing of it was collected after it was cancelled, or another amount.';
  if (hasPayout && refund.state !== 'paid')
    return 'A payout of this refund was planned before: what comes after that is paid by another one. Reopen it once the first is paid.';
  if (refund.lateOn === refund.today) return 'It was reopened today: reopen it tomorrow.';
  return undefined;
}
