import type { ChangeAuthority } from '../access/approvals/change-authority.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import { appendEvents } from '../events/append-events.ts';
import { postEntries } from '../ledger/post-entries.ts';
import { businessDateOf } from '../shared/calendar.rules.ts';
import { transferDate } from '../shared/order-window.rules.ts';
import { Problem } from '../shared/problem.ts';
import { postCommissions } from '../partners/store-commissions.ts';
import { lockDraft, type DraftKey } from './lock-draft.ts';
import { keepDocuments } from './settlement-document.ts';
import { settlementEntries } from './settlement-entries.rules.ts';

/**
 * Approves a draft: posts it to the ledger on the business date of the approval, keeps its document, and makes it final, all in
 * the transaction of the approval. The database refuses an approval that is not of two people of the carrier.
 * @throws Problem `settlement-not-found`, `illegal-state`, `approval-required`
 */
export async function approveSettlement(
  tx: InTransaction<Deps>,
  authority: ChangeAuthority,
  { number, revision }: DraftKey,
): Promise<void> {
  const { approvalId } = authority;
  if (approvalId === null) throw new Problem('approval-required');
  const { settlement } = await lockDraft(tx, number, revision);
  const { id, companyId, billingPeriod, payoutMinor, carriedOutMinor, payoutOn } = settlement;
  const approvedAt = tx.clock.now();
  const bookedOn = businessDateOf(approvedAt, tx.config.timeZone);
  await postEntries(tx, settlementEntries(id, settlement, bookedOn));
  await postCommissions(tx, id, bookedOn);
  await sqlOf(tx.em)
    .updateTable('settlement')
    .set({ state: 'approved', approvalId, approvedAt })
    .where('id', '=', id)
    .execute();
  await keepDocuments(tx, [id], authority);
  // As on the statement: the day that is due may be too late to order.
  const paidOn = payoutMinor > 0n ? transferDate(payoutOn, bookedOn, tx.config.currency) : null;
  const snapshot = { number, billingPeriod, revision, payoutMinor, carriedOutMinor, payoutOn: paidOn };
  await appendEvents(tx, [{ type: 'settlement.approved', subject: id, companyId, snapshot }]);
}
