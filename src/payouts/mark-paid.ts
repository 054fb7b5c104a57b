import { actorName, type Actor } from '../access/actor.ts';
import { recordAudit } from '../access/audit/record-audit.ts';
import { sqlOf } from '../database/sql.ts';
import type { InTransaction } from '../database/transaction.ts';
import type { Deps } from '../deps.ts';
import type { PayoutLine } from './payout-run.queries.ts';

/** What a payout was of is paid, once the bank has settled it. */
export async function markPaid(
  tx: InTransaction<Deps>,
  actor: Actor,
  { id, settlementId, refundId, reference }: PayoutLine,
  paidOn: string,
): Promise<void> {
  if (refundId !== null) {
    const paid = { state: 'paid', payoutId: id, paidOn } as const;
    await sqlOf(tx.em).updateTable('bank_refund').set(paid).where('refundId', '=', refundId).execute();
    const subject = `refund:${refundId}`;
    await recordAudit(tx, { actor: actorName(actor), action: 'refund.pay', subject, facts: { paidOn } });
  }
  if (settlementId === null) return;
  await sqlOf(tx.em)
    .updateTable('settlement')
    .set({ state: 'paid' })
    .where('id', '=', settlementId)
    .where('state', '=', 'approved')
    .execute();
  await recordAudit(tx, {
    actor: actorName(actor),
    action: 'settlement.pay',
    subject: `settlement:${reference}`,
    facts: { paidOn },
    changed: { table: 'settlement', key: [settlementId] },
  });
}
