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
  { settlementId, reference }: PayoutLine,
  paidOn: string,
): Promise<void> {
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
